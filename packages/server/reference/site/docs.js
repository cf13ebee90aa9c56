/* Shows the caller's own calls beside each operation. The key lives in this variable and goes nowhere but to Parlor. */
let key = ''
const status = document.getElementById('status')

document.getElementById('login').addEventListener('submit', async (event) => {
  event.preventDefault()
  key = document.getElementById('key').value.trim()
  status.textContent = 'Reading your history…'
  const answer = await read('')
  status.textContent = answer.ok ? count(answer.body) : answer.body.message
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
  const asked = key
  const { ok, body } = await read(details.dataset.operation)
  // Another key was typed meanwhile: these calls are somebody else's.
  if (asked !== key) return
  details.classList.toggle('shown', ok)
  month.hidden = !ok
  month.textContent = ok ? `${count(body)}, of all operations together` : ''
  prompt.hidden = ok
  prompt.textContent = ok ? '' : body.message
  table.hidden = !ok
  table.tBodies[0].replaceChildren(...(ok ? rowsOf(body.data) : []))
}

function count({ requests_this_month: number }) {
  return `${number} ${number === 1 ? 'request' : 'requests'} this month`
}

function rowsOf(calls) {
  if (calls.length > 0) return calls.map(draw)
  const row = document.createElement('tr')
  const cell = row.insertCell()
  cell.colSpan = 3
  cell.textContent = 'Make a request to see history.'
  return [row]
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
