export * from './frame-ancestors.ts'
export * from './origin-policy.ts'
export * from './parse-site.ts'
