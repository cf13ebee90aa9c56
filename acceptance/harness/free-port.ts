export { findFreePort } from '../../tools/testing/free-ports.ts'
