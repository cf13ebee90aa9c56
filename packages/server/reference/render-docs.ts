import { escapeHtml } from '../http/escape-html.ts'
/** As much of an interface description as the page shows. */
export interface OpenApi {
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: object[]
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
  responses?: Record<string, { description?: string }>
}

interface Schema {
  type?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  const?: unknown
  items?: Schema
  minimum?: number
  maximum?: number
  maxLength?: number
}

interface Entry {
  method: string
  path: string
  operation: Operation
}

/** The reference page: every operation with its fields and answers, and a place for the caller's own history. */
export function renderDocs(description: OpenApi): string {
  const entries = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Entry => ({ method: method.toUpperCase(), path, operation })),
  )
  const tags = [...new Set(entries.map(({ operation }) => operation.tags?.[0] ?? ''))].sort()
  const sections = tags.map((tag) =>
    renderTag(
      tag,
      entries.filter(({ operation }) => operation.tags?.[0] === tag),
    ),
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parlor: reference</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/docs.css"><script src="/docs/docs.js" defer></script></head><body>
<header><h1>Parlor <small>${escapeHtml(description.info.version)}</small></h1>
<p>Every operation, from the schemas that validate it. The same for programs: <a href="/openapi.json">/openapi.json</a>.</p>
<form id="login"><label for="key">Secret key, to see your own calls beside each operation. It stays in this page’s memory.</label>
<div><input id="key" type="password" autocomplete="off" spellcheck="false"><button>Show history</button></div><p id="status" role="status"></p></form>
<nav aria-label="Sections"><ul>${tags.map(renderLink).join('')}</ul></nav></header>
<main>${sections.join('')}</main></body></html>`
}

function renderLink(tag: string): string {
  return `<li><a href="#${anchorOf(tag)}">${escapeHtml(tag)}</a></li>`
}

function anchorOf(tag: string): string {
  return `section-${escapeHtml(tag.replaceAll(' ', '-'))}`
}

function renderTag(tag: string, entries: Entry[]): string {
  return `<section><h2 id="${anchorOf(tag)}">${escapeHtml(tag)}</h2>${entries.map(renderOperation).join('')}</section>`
}

function renderOperation({ method, path, operation }: Entry): string {
  const id = escapeHtml(operation.operationId ?? '')
  const body = Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) =>
    renderFields(`Body, ${type}`, schema),
  )
  const key = (operation.security?.length ?? 0) > 0 ? '' : '<p>Needs no key.</p>'
  return `<details id="${id}" data-operation="${id}"><summary><b class="${method.toLowerCase()}">${method}</b> <code>${escapeHtml(path)}</code><span>${escapeHtml(operation.summary ?? '')}</span></summary>
${key}${renderParameters(operation)}${body.join('')}${renderAnswers(operation)}${renderHistory(id)}</details>`
}

/** Hidden until a key is typed: then filled from `GET /v1/requests` (contracts B38-B41). */
function renderHistory(id: string): string {
  return `<h3 id="${id}-history">Request history</h3><p class="prompt">Type a key above to see your calls.</p>
<p class="month" hidden></p><table aria-labelledby="${id}-history" hidden><thead><tr><th>Time</th><th>Status</th><th>User agent</th></tr></thead><tbody></tbody></table>`
}

function renderParameters({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(({ name, in: place, required, schema }) =>
    row(name, `${describe(schema)}, ${place}`, required),
  )
  return `<h3>Parameters</h3>${table(rows)}`
}

function renderFields(title: string, schema: Schema | undefined): string {
  const rows = listFields(schema, '')
  return rows.length === 0 ? '' : `<h3>${escapeHtml(title)}</h3>${table(rows)}`
}

function listFields(schema: Schema | undefined, prefix: string): string[] {
  const object = schema?.properties ? schema : schema?.anyOf?.find(({ properties }) => properties)
  return Object.entries(object?.properties ?? {}).flatMap(([name, field]) => {
    const way = `${prefix}${name}`
    return [row(way, describe(field), object?.required?.includes(name)), ...listFields(field, `${way}.`)]
  })
}

function renderAnswers({ responses = {} }: Operation): string {
  const rows = Object.entries(responses).map(
    ([status, { description }]) =>
      `<tr><td class="code"><code>${status}</code></td><td>${escapeHtml(description ?? '')}</td></tr>`,
  )
  return `<h3>Answers</h3><table><tbody>${rows.join('')}</tbody></table>`
}

function describe(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  const { minimum, maximum, maxLength, description } = schema
  const bounds = [
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && `to ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
  ]
  return [typeName(schema), ...bounds, description].filter(Boolean).join(', ')
}

function typeName(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(typeName).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  return schema.type === 'array' ? `list of ${typeName(schema.items ?? {})}` : (schema.type ?? 'anything')
}

function row(name: string, what: string, required = false): string {
  return `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(what)}${required ? ', <b>required</b>' : ''}</td></tr>`
}

function table(rows: string[]): string {
  return `<table><tbody>${rows.join('')}</tbody></table>`
}
