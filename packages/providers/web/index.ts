export { checkAddress, type Resolve, resolveName } from './check-address.ts'
export {
  type GuardedFetch,
  type GuardedOptions,
  type GuardedResponse,
  type GuardSettings,
  guardedFetch,
} from './guarded-fetch.ts'
export { pageFetcher } from './page-fetcher.ts'
