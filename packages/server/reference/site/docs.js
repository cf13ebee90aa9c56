/* Shows the caller's own calls beside each operation. The key lives in this variable and goes nowhere but to Parlor. */
let key = ''
const status = document.getElementById('status')

document.getElementById('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  key = document.getElementById('key').value.trim()
  status.textContent = 'Reading your history…'
  const answer = await read('')
  status.textContent = answer.ok ? `${answer.body.requests_this_month} requests this month` : answer.body.message
  if (!answer.ok) key = ''
  for (const details of document.querySelectorAll('details')) {
    if (details.open) await show(details)
    else details.classList.remove('shown')
  }
})

for (const details of document.querySelectorAll('details')) {
  details.addEventListener('toggle', () => {
    if (details.open && !details.classList.contains('shown')) show(details)
  })
}

async function read(operation) {
  const query = operation === '' ? 'page_size=1' : `page_size=20&operation=${encodeURIComponent(operation)}`
  try {
    const response = await fetch(`/v1/requests?${query}`, { headers: { 'x-api-key': key }, credentials: 'omit' })
    return { ok: response.ok, body: await response.json() }
  } catch {
    return { ok: false, body: { message: 'Parlor did not answer. Try again.' } }
  }
}

async function show(details) {
  const [prompt, month, table] = ['.prompt', '.month', 'table[aria-labelledby]'].map((s) => details.querySelector(s))
  if (key === '') {
    prompt.hidden = false
    prompt.textContent = 'Type a key above to see your calls.'
    month.hidden = true
    table.hidden = true
    return
  }
  const { ok, body } = await read(details.dataset.operation)
  const rows = ok ? body.data : []
  details.classList.toggle('shown', ok)
  month.hidden = !ok
  month.textContent = ok ? `${body.requests_this_month} requests this month` : ''
  prompt.hidden = rows.length > 0
  prompt.textContent = ok ? 'Make a request to see history.' : body.message
  table.hidden = rows.length === 0
  table.tBodies[0].replaceChildren(...rows.map(draw))
}

function draw(call) {
  const row = document.createElement('tr')
  const time = document.createElement('time')
  time.dateTime = call.time
  time.textContent = new Date(call.time).toLocaleString()
  row.insertCell().append(time)
  row.insertCell().textContent = String(call.status)
  row.insertCell().textContent = call.user_agent ?? ''
  return row
}
