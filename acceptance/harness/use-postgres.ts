import { inject } from 'vitest'
import { chooseStore } from './choose-store.ts'
import { databasesOf } from './store-in-postgres.ts'

// Vitest runs this before each test file of the project `acceptance-postgres`.
chooseStore('postgres', databasesOf(inject('postgresKeeper')))
