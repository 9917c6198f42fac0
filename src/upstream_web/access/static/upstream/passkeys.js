// Passkeys and security keys: a form marked data-passkey asks the browser for one and sends what it answers.
//   sign-in   asks the server what to ask for, then for a passkey of anybody
//   confirm   asks for a key of the person who is signing in, as #passkey-options say
//   add       makes a new one, as #passkey-options say

const toBytes = (text) => {
  const padded = text.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0))
}

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

const named = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }))

function readOptions (given) {
  const options = { ...given.publicKey, challenge: toBytes(given.publicKey.challenge) }
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) }
  if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials)
  if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials)
  return options
}

// What the server reads: the fields of the credential with their bytes as text.
function writeCredential (credential) {
  const response = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) response[name] = toText(credential.response[name])
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response
  })
}

async function ask (form) {
  const written = document.getElementById('passkey-options')
  if (form.dataset.passkey === 'sign-in') {
    const answer = await fetch(form.action, { headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' } })
    if (!answer.ok) throw new Error('no options')
    const options = (await answer.json()).request_options
    return navigator.credentials.get({ publicKey: readOptions(options) })
  }
  const options = JSON.parse(written.textContent)
  if (form.dataset.passkey === 'add') {
    return navigator.credentials.create({ publicKey: readOptions(options.creation_options) })
  }
  return navigator.credentials.get({ publicKey: readOptions(options.request_options) })
}

// A passkey belongs to a name; a browser makes none for an address of figures.
const isNamed = !/^[\d.]+$|:/.test(location.hostname)

function prepare (form) {
  const said = form.querySelector('[data-passkey-said]')
  if (!isNamed) {
    if (form.dataset.passkey === 'sign-in') return
    said.textContent = 'A passkey needs the name of the site. On your own machine, open it as “localhost”.'
    said.hidden = false
  }
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    said.hidden = true
    try {
      form.elements.credential.value = writeCredential(await ask(form))
      form.submit()
    } catch {
      said.textContent = 'No passkey was used. Try again, or go on another way.'
      said.hidden = false
    }
  })
}

if (window.PublicKeyCredential) document.querySelectorAll('form[data-passkey]').forEach(prepare)
