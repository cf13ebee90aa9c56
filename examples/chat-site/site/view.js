import { makeLink, renderAnswer } from './render-answer.js'

const part = (id) => document.getElementById(id)
const log = part('log')
let sourceCount = 0

/** What is going on: `data-state` for the style, and in words for everybody. */
export function showState(state, words) {
  document.body.dataset.state = state
  part('state').textContent = words
  const isBusy = ['thinking', 'answering', 'resuming'].includes(state)
  const isOver = ['ended', 'refused'].includes(state)
  part('send').hidden = isBusy
  part('stop').hidden = !isBusy
  part('composer').hidden = isOver
  part('end').hidden = isOver
  part('new-chat').disabled = isBusy || isOver
  for (const button of part('chat-list').querySelectorAll('button')) button.disabled = isBusy || isOver
  if (!isOver) part('screen').hidden = true
}

/** A line above the question: what happened by itself. */
export function showNotice(words) {
  part('notice').textContent = words
}

/** Says to a screen reader, once, what others see grow word by word. */
export function sayAloud(words) {
  part('spoken').textContent = words
}

/** Something is over: why, a fact that proves it, and what can be done. */
export function showScreen({ title, text, fact = '', action, act }) {
  part('screen-title').textContent = title
  part('screen-text').textContent = text
  part('screen-fact').textContent = fact
  part('screen-action').textContent = action
  part('screen-action').onclick = act
  part('empty').hidden = true
  part('screen').hidden = false
  part('screen').focus()
}

export function showHolds(words) {
  part('holds').textContent = words
}

export function clearTalk() {
  part('messages').replaceChildren()
  part('empty').hidden = false
}

/** What the visitor asked. `remove` takes it back. */
export function addQuestion(text) {
  part('empty').hidden = true
  const item = document.createElement('li')
  item.className = 'mine'
  item.append(heard('You: '), text)
  part('messages').append(item)
  item.scrollIntoView({ block: 'end' })
  return item
}

/** An answer that grows. `show` draws what there is of it; `finish` says how it ended where that is not plain. */
export function addAnswer() {
  part('empty').hidden = true
  const item = document.createElement('li')
  item.className = 'answer'
  const words = document.createElement('div')
  words.className = 'words'
  item.append(heard('Answer: '), words)
  part('messages').append(item)
  const prefix = `source-${++sourceCount}`
  return {
    show(text, citations = []) {
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
      const known = new Set(citations.map(({ n }) => n))
      words.replaceChildren(renderAnswer(text, (n) => (known.has(n) ? makeMark(prefix, n) : undefined)))
      item.querySelector('.sources')?.remove()
      if (citations.length > 0) item.append(makeSources(prefix, citations))
      if (isAtEnd) log.scrollTop = log.scrollHeight
    },
    finish(how = '') {
      item.querySelector('.how')?.remove()
      if (how === '') return
      if (words.childNodes.length === 0) words.remove()
      const line = document.createElement('p')
      line.className = 'how'
      line.textContent = how
      item.append(line)
      log.scrollTop = log.scrollHeight
    },
    remove: () => item.remove(),
  }
}

/** The earlier chats, as buttons; `open` gets the id of the one that is chosen. */
export function showChats(chats, currentId, open) {
  part('no-chats').hidden = chats.length > 0
  const items = chats.map(({ id, title, created_at }) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = title || `Chat of ${new Date(created_at).toLocaleString()}`
    if (id === currentId) button.setAttribute('aria-current', 'true')
    button.addEventListener('click', () => open(id))
    const item = document.createElement('li')
    item.append(button)
    return item
  })
  part('chat-list').replaceChildren(...items)
}

function makeMark(prefix, n) {
  const mark = document.createElement('a')
  mark.className = 'mark'
  mark.href = `#${prefix}-${n}`
  mark.setAttribute('aria-label', `Source ${n}`)
  mark.textContent = `[${n}]`
  return mark
}

function makeSources(prefix, citations) {
  const list = document.createElement('ol')
  for (const { n, title, heading, source, url } of citations) {
    const item = document.createElement('li')
    item.id = `${prefix}-${n}`
    item.value = n
    // A document's first heading often is its title.
    const name = heading.startsWith(title) ? heading : [title, heading].filter((words) => words).join(' › ')
    item.append((url && makeLink(url, name || source)) || name || source)
    list.append(item)
  }
  const section = document.createElement('div')
  section.className = 'sources'
  section.append('Sources', list)
  return section
}

function heard(words) {
  const span = document.createElement('span')
  span.className = 'heard-only'
  span.textContent = words
  return span
}
