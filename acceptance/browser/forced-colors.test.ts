import { expect, test } from 'vitest'
import { useStage } from './use-stage.ts'
import { viewWidget } from './widget-view.ts'

const stage = useStage()

async function visit(mode: 'inline' | 'bubble') {
  const { session_token: token } = await stage.createSession()
  const visitor = await stage.openVisitor({ forcedColors: 'active' })
  await visitor.visit({ token, attributes: { mode } })
  return { ...visitor, widget: viewWidget(visitor.page) }
}

test("where the visitor's own colours rule, the field with the focus has a line around it", async () => {
  const { widget } = await visit('inline')
  await widget.isReady()
  const outline = () =>
    widget
      .part('composer')
      .locator('.composer-box')
      .evaluate((box) => getComputedStyle(box).outlineStyle)
  expect(await outline()).toBe('none')
  await widget.field.focus()
  expect(await outline()).toBe('solid')
})

test("where the visitor's own colours rule, the bubble keeps its sign", async () => {
  const { page } = await visit('bubble')
  const launcher = page.locator('[data-parlor="launcher"]')
  await launcher.waitFor()
  const sign = await launcher.evaluate((button) => {
    const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(button, '::before')
    return { seen: borderTopColor !== getComputedStyle(button).backgroundColor, borderTopStyle, borderTopWidth }
  })
  expect(sign).toEqual({ seen: true, borderTopStyle: 'solid', borderTopWidth: '14px' })
})
