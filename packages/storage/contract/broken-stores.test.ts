import { openForTest } from '../sqlite/testing/open-for-test.ts'
import { describeBrokenStores } from './broken-stores.ts'

describeBrokenStores(openForTest)
