import type { ChatStage, ChatVisitor } from './chat-stage.ts'
import type { ChatView } from './chat-view.ts'
import { ticketQuestion } from './museum.ts'

/** One picture of the example with a chat of its own. */
export interface ChatShot {
  name: string
  /** One line for the page that shows it. */
  caption: string
  size: 'phone' | 'desktop'
  scheme?: 'light' | 'dark'
  play(scene: ChatScene): Promise<unknown>
}

interface ChatScene extends ChatVisitor {
  stage: ChatStage
  chat: ChatView
}

const words = [
  'A ticket costs **twelve euros** [1]. ',
  'You need none for:\n\n- children under six [1]\n- the garden behind the house\n\n',
  'The desk is open from nine [2].',
]

async function open({ page, stage, chat }: ChatScene, url = stage.site.url): Promise<void> {
  stage.model.always({ does: 'says', words })
  await page.goto(url)
  await chat.isIn(url === stage.site.url ? 'ready' : 'refused')
}

async function ask(scene: ChatScene): Promise<void> {
  await open(scene)
  await scene.chat.ask('What does the museum cost, and when does it open?')
  await scene.chat.chats.first().waitFor({ state: 'attached' })
}

async function seeOffline(scene: ChatScene): Promise<void> {
  await ask(scene)
  scene.stage.relay.cut()
  await scene.chat.say(ticketQuestion)
  await scene.chat.isIn('offline')
}

async function hang(scene: ChatScene, said: string[]): Promise<void> {
  await open(scene)
  scene.stage.model.always({ does: 'hangs', words: said })
  await scene.chat.say('What does the museum cost?')
}

async function end(scene: ChatScene): Promise<void> {
  await ask(scene)
  await scene.chat.button('End my session').click()
  await scene.chat.screen.getByText('Parlor refused').waitFor()
}

const beginning = ['A ticket costs **twelve euros**', ' [1]. You need none']

/** Every state of the example, in the order in which they are shown. */
export const chatShots: ChatShot[] = [
  { name: 'chat-empty', caption: 'The example with a chat of its own: nothing asked yet', size: 'desktop', play: open },
  { name: 'chat-light', caption: 'An answer in it, with its sources (light)', size: 'desktop', play: ask },
  { name: 'chat-dark', caption: 'The same (dark)', size: 'desktop', scheme: 'dark', play: ask },
  { name: 'chat-phone', caption: 'On a phone', size: 'phone', play: ask },
  {
    name: 'chat-phone-chats',
    caption: 'Earlier chats on a phone (dark)',
    size: 'phone',
    scheme: 'dark',
    async play(scene) {
      await ask(scene)
      await scene.chat.button('Chats').click()
    },
  },
  { name: 'chat-thinking', caption: 'Before the first word', size: 'phone', play: (scene) => hang(scene, []) },
  {
    name: 'chat-answering',
    caption: 'While an answer comes',
    size: 'phone',
    async play(scene) {
      await hang(scene, beginning)
      await scene.chat.answer.getByText('You need none').waitFor()
    },
  },
  {
    name: 'chat-stopped',
    caption: 'An answer the visitor stopped',
    size: 'phone',
    async play(scene) {
      await hang(scene, beginning)
      await scene.chat.answer.getByText('You need none').waitFor()
      await scene.chat.button('Stop').click()
      await scene.chat.isIn('ready')
    },
  },
  { name: 'chat-offline', caption: 'Parlor is not reached; the question is kept', size: 'phone', play: seeOffline },
  {
    name: 'chat-refused',
    caption: 'The same page under another origin is refused, and says why',
    size: 'desktop',
    play: (scene) => open(scene, scene.stage.otherOrigin),
  },
  { name: 'chat-ended', caption: 'The backend ended the session', size: 'desktop', play: end },
  { name: 'chat-ended-dark', caption: 'The same (dark)', size: 'phone', scheme: 'dark', play: end },
]
