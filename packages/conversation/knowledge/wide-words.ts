/**
 * Everyday words, and what a manual is likely to call the thing that is meant. Read from left to right only: who asks about
 * a "picture" may be helped by what stands under "file", seldom the other way round. General; taken from no manual.
 */
export const wideWords = `
200 201 204 > status code reply
301 302 307 308 another different elsewhere > redirect
400 422 reject rejected rejecting > validation error invalid
401 403 forbidden login signin unauthorized > authentication authorization
404 > notfound missing
413 > limit body size large
429 abuse abusing bombard flooding hammer hammering > rate limit
500 fail failed failing fails failure threw throw thrown throws > error exception
502 503 504 > unavailable timeout closing
abandon hangup quit > abort close disconnect cancel
abbreviation shortcut shortcuts shorten > shorthand
accept charset encoded encoding negotiate negotiation > content type header
access accessible reach > scope encapsulation
account username > authentication
adapt adjust adjustable customise customize tailor > configure option custom override
add-on addon addons email extras mail plug pluggable plugs push realtime sse websocket websockets wrapper > plugin
address location place > url path route
adhere compliant comply follow > specification semver standard
admin operator owner > permission configuration
advice best opinion opinions > recommendation guideline practice
afford budget price rent > cost capacity
after > on hook
alias names naming nickname > name
alive > ready health listening probe keepalive
allowed permission rights > authorization
allowlist whitelist > allow
already > sent duplicate
altered altering > change override modify
amend amends > modify update
ampersand mark paginate paging question > query
ancestors parents > parent context encapsulation
ancient legacy old previous > deprecated migration removed version
announce > emit event
annual cadence frequent monthly often regularly weekly yearly > schedule release
anonymous > unauthenticated
answer answered answering leaves leaving > reply response send
any never unknown > type
anybody customers desktop everybody everyone shoppers strangers > client
apart separately > isolate separate encapsulation scope
apm instrumentation observability > diagnostics channel
app browser caller consumer device laptop mobile person phone tablet visitor > client user request
approve > allow accept
architecture design goals idea philosophy values > principles
argument arguments > parameter
array lists > items
arrive arrives inbound > request receive
arriving incoming > request receive body
asker callers requester user > client request
assemble > build create
assistance donation help lts sponsor > support
assistant > helper
attach attached bolt > decorate add property
attachment document image pdf photo video > file stream upload static buffer
attacker hackers intruder thief > security attack
auth > prehandler hook
autocomplete autocompletion hints intellisense > types typescript typing editor completion
autograph > signature
avoid skip > ignore
await promise > async
awaited > async promise
aware > detect know
aws azure cloud function gcp lambda > serverless deploy
bad garbage junk > invalid malicious validation poisoning
baggage reliance > dependency
balancer > proxy reverse load
ban banned bar > reject forbid
beautiful humans legible nice readable > pretty
before > pre hook
beginner newbie novice started starting > introduction tutorial getting-started guide
between intercept middle > hook middleware
big enormous giant gigantic huge massive oversized > limit size maximum maxlength large
bill charge invoice > payment
blank nothing > null undefined empty
blocked blocking > wait sync
blow > error crash limit
booting boots startup > start ready listen
bottleneck lag laggy sluggish > performance latency overhead event loop
bounce decline refuses > reject error
bouncer gatekeeper > authentication prevalidation guard
boundary wall > encapsulation scope
box cores hardware machine machines ram vm > instance capacity resources cpu memory
brake flood overload overwhelm spam throttle > rate limit pressure load
break split splitting > separate modular plugin
breaking breaks incompatible > migration deprecated change
bridge > adapter provider
bridges > provider adapter
bring pickup pressure volume > load
broke crashed crashes crashing cryptic malfunction message misbehave misbehaving misspelled typo unexpected yell > error
broken wrong > error invalid
brothers neighbour neighbours sibling siblings > context encapsulation
browse navigate navigates > redirect client
browsers call calls clients visit visits > request
bulky heavy > large size
bump > upgrade version release
bun deno engine nodejs runtime > node version
busy overloaded > pressure load
button tab window > client browser
buy hire > commercial support
bypass > ignore raw
byte gb gigabyte kb kilobyte kilobytes mb megabyte megabytes > size limit bytes length
bytes > size limit length
calling > request client
cancel > abort close disconnect
capital lowercase uppercase > case sensitive
card passwords token > secret redact authorization sensitive
catalog catalogue collection overview > list index ecosystem
cert certificate certificates > https tls
certain > constraint test
chain chained > builder fluent
characters > string regex
chase stack > trace
chat contact forum talk > contributing support discord community
chatty noise noisy verbose > log level
cheap free > cost
cheat fake forge spoof tamper > trust security poisoning
check testing tests verify > test inject
checked checking > validation test
checker compile compiler editor ide javascript js untyped vscode > typescript types
checks > test inject validation
checksum > hash trailer
children descendants kids > child nested context encapsulation
choke > error crash limit pressure
chooses pick picked picking > constraint select version
chunk chunked chunks packets piece pieces pipe pump > stream
citing mirror quote quotes > copy
clash collide collision double twice > conflict duplicate already
clean sanitise sanitize > remove validation additional
cleartext unencrypted > insecure http https tls secure
clever smart > optimize
clock millisecond minute minutes seconds > timeout time milliseconds duration
clue > log message
cold firebase netlify vercel > serverless
colleague coworker newcomer team teams volunteer > contributor member collaborator
collect gather > aggregate
color colour colours punctuation > style
come > receive
commercial paid professional > support partner
commonjs import imports require > module esm
community > contributing support discord
compare > benchmark difference
complain complaining complains complaints > error warning
completion > types typescript typing editor
component components modular > plugin encapsulation
compress gzip shrink smaller > compression
compulsory mandatory > required schema
conditional decide depend depends > condition constraint
confidential hidden hide secret secrets sensitive > redact
conflict twin > duplicate
conform > schema specification semver standard
console printed prints screen stdout terminal > log logger logging output
container containers docker > deploy listen address kubernetes
contents > index
contract > schema specification
convention conventions > style guideline
conversation > session request
cooperate > integrate
copyright law lawyer lawyers legal paperwork terms > license
correlate > request id
correlation > id identifier genreqid request
cost costly costs expensive > overhead performance
counter numbered serial trace unique > id identifier genreqid
coverage flaky inject prove smoke suite sure > test
cpu > instance capacity resources memory
craft invent > create
crash dead death die dying killed > close exit uncaught exception error shutdown
cross preflight > cors
crowd many millions thousands > load scale limit
csv markdown msgpack protobuf toml xml yaml > parser content type body
ctrl sigint sigterm > shutdown close signal
customer > client user request instance
cut > timeout abort limit
cve exploit hacker harden hardening pen precaution safe safely vulnerability vulnerable > security
dangerous harmful risk risky > security vulnerability attack unsafe poisoning
data records > payload body database
date > format serialization
dates > format date serialization
deadline freeze frozen hang stuck watchdog > timeout
deaf mute quiet silence silent > disable logger
decimal float fraction > number
decorate > decorator
deep depth > nested
deferred postpone sleep sleeping > delay
describe described describing description required shape > schema
detail details finer > level
dial knob knobs lever > option configuration
died dies > close exit uncaught exception error shutdown timeout crash
digits numbers numeric > integer number type coerce
disappear gone lose lost vanish > disconnect close abort missing
discover recognise recognises > detect
disk drive filesystem > file static directory
dismiss > ignore remove
disposable > temporary
dns domain domains subdomain > host hostname
docs > documentation
door entrance > route listen
download > stream send file
downtime outage rollout zero-downtime > graceful shutdown readiness
drain farewell goodbye > close shutdown
drop > abort close disconnect cancel discard remove
dropped drops > close discard remove
dummy emulate imitate pretend simulate > inject mock test
duplicate > conflict already
duties > responsibility
early preload > hints
edge > proxy serverless
education learning lesson walkthrough > tutorial guide
elapsed > time response duration
emit emitter listener listening subscribe > event hook
empty > null undefined
encrypted encryption > https tls secure insecure
end eol lifespan maintained unsupported > lts support
endless forever > timeout loop
endpoints urls > route
english grammar prose sentence tense writing > style documentation voice
enlarge extend higher increase raise > limit maximum option
entry > entrypoint
esm > module
everywhere overall whole > global
evil > security vulnerability attack unsafe poisoning invalid malicious validation
evolve > version migration
examine inspect > debug log
exchange replace swap > override custom
exhausted quota > limit
expired stale > cache
explode > error crash limit close exit uncaught exception shutdown
exposed > public
expression pattern regex > regexp
extension filename media mime utf utf8 > content type
facing funnel perimeter > proxy
family > group
fast faster quick quicker rapidly speed speedy swift > performance benchmark optimize
feed feeding > stream input
fetch fetched > get request load
fields formdata forms > multipart body urlencoded formbody
fifth > version v5
figures > metrics benchmark number
file > destination
files static > file
finger > hash
fingerprint > hash id
finish > close end response
finished > close end response done
finishing > done close end callback
firewall > proxy security
first generation generations node semver > version
flag flags > option boolean
flaw hole loophole weakness > vulnerability security
fluent > builder
folder folders > directory autoload
footer trailers > trailer
forbid > reject
foreign international localised > i18n locale language message
form > multipart body urlencoded formbody parser
fourth > version v4
frequency > interval
gain gains snappy > performance
gate gatekeeping guard > hook prehandler authentication
generate generated > create build
generic generics > types typescript
glance > overview
glue > plugin hook register
greet hello snippet > example
group grouping > prefix plugin
grow > limit maximum option capacity instances cluster load
growth scale scaling > capacity instances cluster load
hanging hangs hung > timeout stuck
haproxy loadbalancer nginx > proxy reverse
healthy > ready health listening kubernetes
heartbeat ping > health probe keepalive
helper helpers utility > decorator plugin
hijack low > raw
hint > types typescript typing editor completion hints
hook > middleware
host hosting provider > deploy
hostile untrusted > invalid malicious validation poisoning security
hotfix patch patched patches > release security fix
hour hours > time
house > host
html layout markup > template view
identity > authentication login
idle inactive unused > keepalive timeout
images photos pictures > file body upload
imported importing > load register
incomplete unfinished > pending
infer inference inferred > type provider types
infinite > timeout loop limit
inherit inherits > prototype
internet public > proxy host listen
interpret teach understand > parser parse
invisible unseen > scope encapsulation private
jobs > queue
join participate participating pull > contributing contribute
json > serialization
juggle > manage
jump > redirect migration upgrade version
jumped leap moved moving step stepping switching > migration upgrade version
kick kicked kicks > reject close
kill sealed tear unplug unreachable > close
language > i18n locale message
large > limit size maximum maxlength
lasted lasts spent > elapsed time duration
late > timeout delay
leak leaked leaking leaks > redact expose memory
lean lightweight needless penalty slim unnecessary > overhead
learn > detect know tutorial guide
leave > abort close disconnect cancel optional
left omit omitted > optional
leftover leftovers release > cleanup close
letsencrypt > https
letters > case sensitive string regex
line lines > header text
lint > linter
linux mac operating windows > ci tested
listen > port address
literal literals > object
liveness readiness unhealthy > health kubernetes ready
locale translation > i18n
localize messages > error message
localized translate translated > i18n locale language message error
lock locked > freeze
log > logger destination
logs > logger
long > timeout limit size maximum maxlength large
look looking lookup resolve > find
loopback > localhost listen address
machine-readable > json schema
manually > manual
member members > property
meter metering stopwatch takes took > elapsed time response duration
metrics > diagnostics
misuse > warning
modify > change
module modules > plugin encapsulation scope
money > support number
mongo mysql orm postgres redis sqlite storage store tables transaction warehouse > database
monkeypatch patching > decorate
mount mounted > register prefix
muted > disable
native raw > node
nested > object schema
nesting > nested object schema
nightly > release
null > nullable
number > integer type coerce
obey > follow specification semver standard
observe > monitor hook
obtain > get
odd strange weird > unexpected invalid
offline > unavailable close
offset utc zone > timezone date time
old-fashioned > legacy
openapi swagger > plugin schema
optional > required
options > cors method
orchestration orchestrator > kubernetes deploy
order phases stages steps > lifecycle
outdated > deprecated migration removed version lts support
outgoing > response send reply
outlive > lifetime
outside > proxy host listen external
own > custom
page > template view url
paragraph paragraphs > writing style
parallel race racing > concurrent
parse > parser
part parts > plugin scope
particular specific version > constraint
password > authentication authorization secret redact sensitive
path slug > parameter route url
pause queue waiting waits > delay wait
payload > body
peak rush spike traffic > load capacity pressure
people > client user request contributing support discord community
phase pipeline > lifecycle hook
picky > strict validation
picture > file stream upload static buffer body
piggyback > extend
plain > insecure http
plaintext > text
plumbing > plugin hook
pod pods > kubernetes
polish > format
polite > graceful
pool > connection close database
pooling > database connection
post pre > hook
precompiled > compile
prefix > register
print > log logger logging output hash
private > redact encapsulation
profile profiling > performance benchmark
propagate > pass
protocol > http http2
proxy > reverse
ranking > benchmark
reachable > listen
react reaction reacts > handler hook
reboot rebooted revive > restart
rebuild > compile build
recipe recipes > example guide
recursive recursively > nested directory
recycle > reuse
redo > repeat
refuse > reject error validation invalid
relational > sql database
rely > depend dependency
remember > cache store
removed > deprecated
rename > rewrite
renamed > name deprecated
repository > repo
reroute > redirect rewrite
returned > return reply
rewind rollback > revert
rewrite site > url
rotate rotation > transport destination
rule rules > schema policy validation
running up > ready health listening
safeguard > protect security validation
sandbox > isolate
scan > search
scrub scrubbed > redact remove
second > version v2
secrecy > secret redact
see sees visibility > scope access available
segment > path parameter route url
segments > path parameter
sent > request body
sequence sequential > order lifecycle
serve served serving > host static send
server tenants > instance
session > cookie
shadow > override
share > encapsulation
shared > share reference
shield > protect
shop webshop > application
signal signals > event close abort
singleton > decorate instance
sixth > version v6
slash > trailing
slashes > trailing slash
slip smuggle sneak > attack poisoning security
slow > performance latency overhead event loop timeout benchmark optimize
socket > connection raw
spec standard > specification
spell spelled > case
stamp timestamp timestamps > date time format
statistics stats > metrics benchmark
stop stopping stops > close shutdown prevent
strangle > limit pressure
stress > load benchmark performance
strict > validation
strip > remove validation additional redact
stripped stripping > remove redact
stuff > data
subdirectory subfolder > prefix
subset > filter
supertest > inject test
supervise watcher > monitor
surprise > unexpected
swallow swallowed > catch error
switch > option migration upgrade version
synchronously > sync
table > index database
tag > header
teammates > contributor
telemetry > diagnostics tracing channel
tenant > instance constraint host
third > version v3
tie > bind
time > timeout milliseconds duration
timezone > date time
toggle > option enable disable
tooling tools > cli plugin
touch > modify
tracing > id identifier genreqid diagnostics channel
track tracking > log id
trick > workaround
trim > strip
truth > boolean
ts typescript typings > types
turn > reject error order lifecycle
turned turning turns > convert
tweak > change override modify configure option custom
unavailable > 503 down
uncaught unhandled > exception error
undocumented > internal
unlock > enable
unpack > decompress
upload uploading uploads > body file multipart limit
urlencoded > body parser
usual > default
vanished > deprecated removed
vendor > support partner third
verbs > method
view > template
visible > scope access available encapsulation
warm warmup > ready
web > proxy host listen http
welcome > contributing
wire > connection
wording > style documentation voice error message
words > string text
worker > cluster process queue
workers > cluster process
wrote > write
zip > compression compress
`
