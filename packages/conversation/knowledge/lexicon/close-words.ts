/**
 * Words people use for one another, most of them of software. General on purpose: nothing in it is taken from any one manual.
 * Every word of a line stands for every other one.
 */
export const closeWords = `
abort cancel interrupt
disconnect hangup
accept receive take allow
accelerate hasten quicken
account profile
add attach append extend include
address url uri link
alternative replacement instead substitute
answer reply response respond
api interface
argument parameter param option
array list collection
assert expect
async asynchronous nonblocking
attack hack exploit vulnerability malicious tamper abuse attacker hacker
authenticate authentication login signin credentials auth
authorize authorization permission permit rights
automatic automatically implicit autoload auto
avoid prevent
backup copy snapshot
batch bulk
before prior precede
begin start launch boot startup bootstrap
benchmark performance throughput
binary buffer blob bytes
bind listen
body payload
boolean flag switch
branch fork
break fail crash broken fault failure
broadcast publish emit
brief short concise
bug issue defect problem
build compile
bundle package library dependency module
cache caching memoize
call invoke execute run
callback listener
cap limit maximum max ceiling
capture catch caught intercept
case casing
catch handle
certificate tls ssl https
change modify alter edit update
chapter section
character char letter
check validate validation verify
child nested inner descendant
choose select pick chosen
clean cleanup tidy
clear reset empty flush
client browser consumer
clone copy duplicate
close shutdown stop terminate quit exit end
cluster clustering
code source
column field
combine merge join
command cli terminal shell
comment annotation
common frequent usual typical
compare comparison difference differ versus distinguish
compatible compatibility supported support
complain complaint
complete finish finished done
compress compression gzip deflate brotli
concurrency parallel simultaneous concurrent
condition constraint criterion
config configuration configure settings setup setting
connect connection socket
container docker kubernetes pod
contribute contribution contributing contributor
convert transform coerce cast coercion
cookie cookies
core cpu processor
correct right proper
count number amount quantity
create make build generate construct instantiate
credential password secret
custom own personal bespoke customize
damage harm hurt
danger risk hazard unsafe insecure dangerous
database db sql datastore
date datetime timestamp
deadline timeout
debug troubleshoot diagnose inspect
declare define specify declaration definition
decode parse parser deserialize
decorate decorator decoration
default fallback standard
delay postpone defer
delete remove drop erase discard
deny refuse reject forbid block prohibit disallow
deploy deployment hosting host
deprecated obsolete outdated legacy deprecation
destroy teardown
detect discover recognize notice
developer programmer engineer
disable deactivate
display show render
distribute distribution
document documentation docs manual
domain hostname host
download fetch
dynamic runtime
edge boundary
element item entry
email mail
enable activate
encapsulate encapsulation isolate isolation
encode serialize stringify
encrypt encryption cipher
endpoint route
enforce require mandatory required obligatory
ensure guarantee
environment env
equal identical same
error exception
event events
example sample demo
exclude omit except skip
expire expiry expiration
export exports
expose reveal
extension plugin addon
fake mock stub simulate
fast quick rapid speedy
feature capability functionality
file files
filter sieve
fix repair correct patch
flexible adaptable
folder directory
forget forgotten
format formatting
forward redirect
framework library
free gratis
function method procedure
gateway proxy
global globally
graceful gracefully
group bundle
guard protect
guess assume
guide tutorial introduction guideline
header headers
hide redact mask conceal censor
hint tip advice
hook hooks
http2 h2
id identifier identity
ignore skip
import load require
improve enhance optimize
incoming inbound
inform notify tell announce
inherit inheritance
inject injection
input incoming
insert add
install installation
instance object
integrate integration
internal private
invalid malformed incorrect bad
join connect
key property attribute
kill terminate
large big huge
last final
latency delay
latest newest recent
launch startup
layer tier
leak leaking
legal permitted allowed
level severity
license licence licensing
life lifetime lifecycle lifespan
limit restrict restriction
line row
link hyperlink
lint linter eslint
load loading
local localhost
locate find found
lock mutex
log logging logger
loop iterate iteration
maintain maintained maintenance maintainer
match pattern
maximum maximal
measure metric metrics measurement
memory ram heap
message text
metadata meta
middleware connect
migrate migration upgrade
minimum min least minimal
missing absent lacking
mistake error wrong
monitor monitoring observe watch observability
move relocate
multipart upload
multiple several many
name naming called
network net
nested subdirectory
normal regular ordinary
null nil undefined
object instance
old previous earlier former
optional optionally
order sequence
organize structure
origin cors
output result
overhead cost
override overwrite replace
own custom
page document
pair tuple
param params
parent ancestor
pass hand
password passphrase
path route pathname
pause halt
perform execute
port ports
postgres postgresql
prefix prepend
primary main
principle philosophy
print console
priority precedence
process processing
prod production
promise async await
properties attributes
protect secure
prototype proto
proxy nginx haproxy
publish release
query querystring search
queue backlog
raise throw
random arbitrary
read reading
ready readiness available
receive get
recommend recommendation recommended suggest suggestion
record entry
recover recovery restore
reduce decrease shrink lower
refer reference
regex regexp regular
register registration
reject deny
release version
reload restart
remote external
rename alias
repeat again repeated retry
report notify
repository repo
request req
requirement prerequisite
resolve resolution
resource asset
respond return
response res
reuse share shared
rewrite transform
role permission
root base
rule rules policy
safe safety security secure
save store persist storage persistence
schedule timetable calendar
schema schemas
scope context
secret secrets
semver semantic
send transmit deliver
separate split divide
serverless lambda faas
server backend
session sessions
shape structure
share reuse
sibling peer
signature declaration
silent quiet
similar alike
single sole
site website
size length
slow sluggish
small little tiny
sort order
split divide
spec specification standard
state status
static assets
stop halt
stream streaming
strict strictly
string text
style styling
subscribe subscription
suffix extension
support supported
sync synchronous
syntax grammar
tag label
task job
team crew
template view
temporary transient
test testing tests
third external
thread worker
throw threw thrown
time duration
token jwt
trace tracing
traffic load
trailing ending
translate convert
trigger fire
trust trusted
type types typing
typescript ts
undo revert rollback
unit units
unknown unrecognized
unused unnecessary
update upgrade
upload multipart
urgent critical
usage use
utility helper tool
value values
variable var
verb method
version release
virtual emulated
visible exposed
wait await
warn warning warnings
watch observe
whitespace space
wildcard glob
word term
wrap wrapper
write written wrote
xml html
zero none
`
