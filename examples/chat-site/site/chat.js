import { ask, listChats, loadChat, Refusal, resume, titleChat, tryOldToken } from './parlor.js'
import { boundTo, endSessions, forgetToken, secondsLeft } from './session.js'
import {
  addAnswer,
  addQuestion,
  clearTalk,
  sayAloud,
  showChats,
  showHolds,
  showNotice,
  showScreen,
  showState,
} from './view.js'

/** How long a cut answer is fetched again, in milliseconds; Parlor goes on with it for as long. */
const resumeForMs = 45_000
const question = document.getElementById('question')
const chats = document.getElementById('chats')
const showChatsButton = document.getElementById('show-chats')

let history = []
let chatId = crypto.randomUUID()
let running = null

async function answer(text) {
  const controller = new AbortController()
  running = controller
  const asked = addQuestion(text)
  const bubble = addAnswer()
  const said = { text: '', citations: [], cursor: '' }
  showNotice('')
  showState('thinking', 'Thinking…')
  history.push({ role: 'user', content: text })
  try {
    await listen(askOnce(controller.signal), bubble, said)
    finish(bubble, said, '')
    showState('ready', 'Ready')
  } catch (error) {
    if (error.kind === 'cut') await fetchRest(bubble, said, controller.signal)
    else if (error.kind === 'offline' && said.text === '') takeBack(error, text, [asked, bubble])
    else settle(error, bubble, said)
  }
  running = null
  if (document.body.dataset.state !== 'ready') return
  // The first answer of a chat is the moment to name it.
  if (history.length === 2) await titleChat(chatId).catch(() => {})
  await refreshChats()
}

/** A stopped answer may still be in the making: then the talk goes on as a chat of its own. */
async function* askOnce(signal) {
  try {
    yield* ask({ messages: history, chatId, signal, onRenewed })
  } catch (error) {
    if (error.kind !== 'busy') throw error
    chatId = crypto.randomUUID()
    yield* ask({ messages: history, chatId, signal, onRenewed })
  }
}

async function listen(parts, bubble, said) {
  for await (const { text = '', all, citations, cursor } of parts) {
    if (text !== '') showState('answering', 'Answering…')
    said.text = all ?? said.text + text
    said.citations = citations ?? said.citations
    said.cursor = cursor || said.cursor
    bubble.show(said.text, said.citations)
  }
}

async function fetchRest(bubble, said, signal) {
  showState('resuming', 'The connection broke. Fetching the rest…')
  const until = Date.now() + resumeForMs
  for (let delay = 250; Date.now() < until; delay = Math.min(4000, delay * 2)) {
    await new Promise((resolve) => setTimeout(resolve, delay))
    try {
      if (signal.aborted) throw signal.reason
      await listen(resume({ chatId, cursor: said.cursor, signal }), bubble, said)
      finish(bubble, said, '')
      return showState('ready', 'Ready')
    } catch (error) {
      if (error.kind !== 'cut' && error.kind !== 'offline') return settle(error, bubble, said)
      showState('resuming', 'The connection broke. Fetching the rest…')
    }
  }
  settle(new Refusal('offline', 'Parlor cannot be reached.'), bubble, said)
}

/** What is kept of an answer, and how it ended. */
function finish(bubble, said, how) {
  bubble.show(said.text, said.citations)
  bubble.finish(how)
  if (said.text !== '') history.push({ role: 'assistant', content: said.text })
  sayAloud(`${said.text} ${how}`)
}

/** What did not get away is the visitor's again. */
function takeBack({ message }, text, items) {
  for (const item of items) item.remove()
  history.pop()
  if (question.value === '') question.value = text
  showState('offline', 'Offline')
  showNotice(`${message} Your question is kept: send it again when you are back.`)
}

/** Every way in which something does not come to its end. */
function settle(error, bubble, said) {
  const { kind, message } = error
  if (kind === undefined && error.name !== 'AbortError') console.error(error)
  if (kind === undefined) {
    finish(bubble, said, error.name === 'AbortError' ? 'You stopped the answer here.' : 'This page failed. Ask again.')
    return showState('ready', 'Stopped')
  }
  finish(bubble, said, `Not finished: ${message}`)
  if (kind === 'ended' || kind === 'refused') return showOver(error)
  if (kind === 'expired') forgetToken()
  if (kind === 'offline') showState('offline', 'Offline')
  else showState('ready', 'Ready')
}

async function showOver({ kind, message }) {
  showState(kind, kind === 'ended' ? 'Session ended' : 'Refused')
  const screen =
    kind === 'ended'
      ? { title: 'Your session is over', text: message, action: 'Start a new session' }
      : { title: 'Parlor does not answer here', text: message, action: 'Try again' }
  showScreen({ ...screen, act: start })
  if (kind !== 'ended') return
  showScreen({ ...screen, fact: await tryOldToken(), act: start })
  forgetToken()
  tellHolds()
}

/** Resolves to whether the list is there. What was on its way when the session ended says nothing any more, and asks for no new one. */
async function refreshChats() {
  if (isOver()) return false
  try {
    showChats(await listChats(), chatId, openChat)
    return true
  } catch (error) {
    if (isOver()) return false
    if (error.kind === 'ended' || error.kind === 'refused') await showOver(error)
    else {
      showState('offline', error.kind === 'offline' ? 'Offline' : 'Not ready')
      showNotice(error.message)
    }
    return false
  }
}

function isOver() {
  return ['ended', 'refused'].includes(document.body.dataset.state)
}

async function openChat(id) {
  try {
    const messages = await loadChat(id)
    beginChat(id)
    for (const { role, content, citations } of messages) {
      if (role === 'user') addQuestion(content)
      if (role === 'assistant') addAnswer().show(content, citations)
      if (role === 'user' || role === 'assistant') history.push({ role, content })
    }
    await refreshChats()
  } catch (error) {
    if (error.kind === 'ended' || error.kind === 'refused') await showOver(error)
    else showNotice(error.message)
  }
}

function beginChat(id) {
  chatId = id
  history = []
  clearTalk()
  showNotice('')
  chats.classList.remove('open')
  showChatsButton.setAttribute('aria-expanded', 'false')
  question.focus()
}

function onRenewed() {
  showNotice('The session was about to run out, so this page fetched a new token.')
}

/** The page's one credential, for all to see. */
function tellHolds() {
  const left = secondsLeft()
  const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  showHolds(
    boundTo() === undefined
      ? 'This page holds no token.'
      : `All this page holds: a token for ${boundTo()}, good for ${time}.`,
  )
}

async function start() {
  forgetToken()
  showState('connecting', 'Connecting…')
  showNotice('')
  if (!(await refreshChats())) return
  showState('ready', 'Ready')
  tellHolds()
  question.focus()
}

function sendQuestion() {
  const text = question.value.trim()
  if (text === '' || running !== null) return
  question.value = ''
  void answer(text)
}

document.getElementById('composer').addEventListener('submit', (event) => {
  event.preventDefault()
  sendQuestion()
})
question.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  sendQuestion()
})
document.getElementById('stop').addEventListener('click', () => {
  running?.abort()
  question.focus()
})
document.getElementById('new-chat').addEventListener('click', () => {
  beginChat(crypto.randomUUID())
  void refreshChats()
})
document.getElementById('end').addEventListener('click', async () => {
  try {
    await endSessions()
    await showOver(
      new Refusal('ended', 'This site’s backend ended it, for every tab of yours. What was said stays here to read.'),
    )
  } catch (error) {
    showNotice(error.message)
  }
})
showChatsButton.addEventListener('click', () => {
  const isOpen = chats.classList.toggle('open')
  showChatsButton.setAttribute('aria-expanded', String(isOpen))
})
addEventListener('online', () => document.body.dataset.state === 'offline' && start())
setInterval(tellHolds, 1000)

void start()
