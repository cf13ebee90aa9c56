export * from './make-pdf.ts'
export * from './make-word.ts'
