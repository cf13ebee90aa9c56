import { describeBrokenStores } from '../contract/broken-stores.ts'
import { openForTest } from './testing/open-for-test.ts'

describeBrokenStores(openForTest)
