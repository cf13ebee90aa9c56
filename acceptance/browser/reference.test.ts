import { expect, test } from 'vitest'
import { useStage } from './use-stage.ts'

const stage = useStage()

async function openDocs() {
  const { page } = await stage.openVisitor()
  await page.goto(`${stage.parlorUrl}/docs`)
  const operation = (id: string) => page.locator(`details[data-operation="${id}"]`)
  const signIn = async (key: string) => {
    await page.getByLabel(/Secret key/).fill(key)
    await page.getByRole('button', { name: 'Show history' }).click()
  }
  return { page, operation, signIn }
}

test('the reference asks for a key before it shows any history (B39)', async () => {
  const { operation } = await openDocs()
  await operation('createWidgetSession').locator('summary').click()
  expect(await operation('createWidgetSession').locator('.prompt').textContent()).toContain('Type a key')
  expect(await operation('createWidgetSession').locator('table[aria-labelledby]').isVisible()).toBe(false)
})

test('with a key each operation has its calls, newest first, and the month’s count (B38, B41)', async () => {
  await stage.createSession()
  await stage.parlor.request('POST', '/v1/widget/sessions', {}, { 'user-agent': 'shop/2.0' })
  const { page, operation, signIn } = await openDocs()
  await signIn(stage.parlor.key)
  await expect.poll(() => page.locator('#status').textContent()).toMatch(/^\d+ requests this month$/)
  const create = operation('createWidgetSession')
  await create.locator('summary').click()
  await create.locator('tbody tr td:nth-child(2)').getByText('422').waitFor()
  const rows = create.locator('table[aria-labelledby] tbody tr')
  expect(await rows.first().locator('td').allTextContents()).toEqual([expect.any(String), '422', 'shop/2.0'])
  expect(await create.locator('.month').textContent()).toMatch(/requests this month/)
})

test('an operation nobody called says so (B40)', async () => {
  const { operation, signIn } = await openDocs()
  await signIn(stage.parlor.key)
  await operation('deleteAvatar').locator('summary').click()
  await operation('deleteAvatar').getByText('Make a request to see history.').waitFor()
})

test('a wrong key is told so, and nothing is shown', async () => {
  stage.expectErrors(/401/)
  const { page, signIn } = await openDocs()
  await signIn('nonsense')
  await expect.poll(() => page.locator('#status').textContent()).toMatch(/unknown, expired or disabled/)
})
