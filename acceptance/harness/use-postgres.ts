import { inject } from 'vitest'
import { databasesOf } from './store-in-postgres.ts'
import { chooseStore } from './store-place.ts'

// Vitest runs this before each test file of the project `acceptance-postgres`.
chooseStore('postgres', databasesOf(inject('postgresKeeper')))
