import { stemWord } from './fold-word.ts'

/**
 * Words of software that people use for one another. General on purpose: nothing in it is taken from any one manual. Every word of
 * a line stands for every other one, with less weight than the word that was asked for.
 */
const table = `
abort cancel disconnect interrupt hangup close leave
accept receive take allow
add attach append extend register include
address url uri path link
alternative replacement instead
argument parameter param option
array list collection
assert expect
automatic automatically implicit
ask query request
async asynchronous await promise
attack hack exploit vulnerability malicious inject tamper abuse
authenticate authentication authorization login signin credentials permission
before prior precede
begin start launch boot startup run bootstrap
benchmark performance speed throughput fast quick load rapid efficient optimize
binary buffer stream raw
body payload content data
break fail crash fault
bad invalid wrong malformed incorrect broken
input body payload data
browser client consumer caller visitor
bug issue defect problem fix
bundle package library dependency module
cap limit maximum max
certificate tls ssl https secure secret
change modify alter mutate transform edit
chapter page section
check validate validation verify assert
close shutdown shut stop terminate quit exit end
command cli terminal shell
compare difference versus
compatible compatibility supported support
concurrency parallel simultaneous
config configuration configure settings setup options
connect connection socket
container docker kubernetes
contribute contribution contributing participate
convert transform coerce cast
cpu core processor machine hardware instance vcpu
create make build generate instantiate construct
custom own personal bespoke
cost price expensive overhead
database db sql storage persist persistence
deadline timeout expire hang slow stuck long
declare define specify
decode parse parser read deserialize
default fallback standard initial
delay postpone wait defer
delete remove drop erase discard
deploy deployment hosting host cloud production
deprecated obsolete removed legacy outdated
developer author maintainer programmer
disable off ignore skip suppress
document documentation docs manual
duplicate repeated twice conflict
encapsulation scope isolation isolate separate context
encode serialize stringify format output
endpoint route handler url
environment env
error exception failure errors
event hook callback listener
example sample demo
extension plugin addon middleware
fake mock stub simulate inject
file upload multipart attachment
upload body payload
forbid prohibit block prevent reject deny refuse stop protect
format style layout
framework library
function method procedure
header headers metadata
hide redact mask conceal
http2 h2
identifier id identity
inherit inheritance parent child
install installation setup
json serialization
lambda serverless faas function
language typescript javascript
large big huge size length limit maximum
small little tiny minimum
lifecycle order sequence flow steps
lint linter style
log logging logger trace print console
long duration length period lifetime
lts maintained support lifetime
match pattern wildcard regex
memory ram heap
migrate migration upgrade update
missing absent found unknown 404
name naming called rename alias
notice detect discover recognize know
nested inner sub child
new newest latest recent current
runtime engine node
autocompletion autocomplete intellisense inference typing types
folder directory directories
publish release share npm
compliant conform follow adhere
automatic automatically autoload
object instance
optional unnecessary
override overwrite replace
password secret credential sensitive private
port listen bind
prefix namespace
property field attribute key
proxy nginx haproxy balancer
pull patch merge
recommend recommendation advice advise practice guideline
redirect forward
release version semver
reply response answer send respond
request req call
resource asset static
response res reply
retry repeat again
ready available loaded
return respond
reuse share
safe safety security secure protect attack vulnerability exploit
schema shape structure model definition
server app application instance backend
session cookie
synchronous sync blocking
tell report announce
test testing tests check
tool utility
trust trusted
type types typing typescript
typescript ts
user visitor person people customer
value content
visible exposed public
variable property
verb method
warning warn warnings
watch monitor observe
write wrote written author create
catch caught handle handled
run ran running execute
send sent transmit
build built
throw threw thrown raise
break broke broken
find found locate
begin began begun start
keep kept retain
choose chose chosen select pick
hide hid hidden
take took taken
give gave given pass
`

const alike: ReadonlyMap<string, ReadonlySet<string>> = readTable()

/** Words that may stand where this folded word was used; empty for most. */
export function synonymsOf(folded: string): readonly string[] {
  const own = stemWord(folded)
  return [...(alike.get(own) ?? [])].filter((word) => stemWord(word) !== own)
}

function readTable(): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>()
  for (const line of table.trim().split('\n')) {
    const words = line.split(' ')
    for (const word of words) {
      const stem = stemWord(word)
      const known = map.get(stem) ?? new Set<string>()
      for (const other of words) if (other !== word) known.add(other)
      map.set(stem, known)
    }
  }
  return map
}
