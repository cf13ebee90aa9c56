/**
 * Everyday words, and what a manual is likely to call the thing that is meant. Read from left to right only: who asks about
 * a "picture" may be helped by what stands under "file", seldom the other way round. General; taken from no manual.
 */
export const wideWords = `
200 201 204 > status code reply
301 302 307 308 another different elsewhere redirected redirects > redirect
400 422 reject rejected rejecting > validation error invalid
401 403 forbidden login signin unauthorized > authentication authorization
404 > notfound missing
413 > limit body size large
429 abuse abusing bombard flooding hammer hammering throttled throttling > rate limit
500 fail failed failing fails failure threw throw thrown throws > error exception
502 503 504 > unavailable timeout closing
abandon hangup quit > abort close disconnect cancel
abandoned abandons cancel walks > abort close disconnect
abbreviation shortcut shortcuts shorten shorter > shorthand
accent emoji unicode > encoding charset
accept charset encoded encoding negotiate negotiation > content type header
access accessible reach scoped > scope encapsulation
accidental accidentally broke crashed crashes crashing cryptic fault glitch malfunction message misbehave misbehaves misbehaving misspelled mistake stacktrace typo unexpected unexpectedly wrongly yell > error
account username > authentication
acknowledge echo > reply
adapt adjust adjustable customise customize tailor > configure option custom override
add-on addon addons block blocks brick bricks captcha companion dependencies dependency email extras goodies mail plug pluggable plugs push realtime sse websocket websockets wrapper > plugin
address location place > url path route
adhere compliant comply follow > specification semver standard
admin operator owner > permission configuration
advice best opinion opinions > recommendation guideline practice
afford budget price rent > cost capacity
after > on hook
aggregate glance summary > overview
alarm alert > warning error
alias names naming nickname > name
alive > ready health listening probe keepalive
allocate reserve > memory
allowed credentials creds permission rights > authorization
allowlist permit permits permitted whitelist > allow
already > sent duplicate
altered altering > change override modify
ambiguous > conflict
amend amends > modify update
ampersand mark paginate paging question > query
ancestors parents > parent context encapsulation
ancient legacy old previous > deprecated migration removed version
announce > emit event
annual cadence frequent monthly often regularly weekly yearly > schedule release
anonymous > unauthenticated
answer answered answering leaving > reply response send
any never unknown > type
anybody bot bots crawler customers desktop everybody everyone recipient shoppers strangers > client
apart separately > isolate separate encapsulation scope
apm instrumentation observability > diagnostics channel
app browser caller consumer device laptop mobile person phone tablet visitor > client user request
appearance color colour colours cosmetic mood pronoun punctuation > style
approve > allow accept
architecture design goals idea philosophy values > principles
argument arguments > parameter
array lists > items
arrive arrives inbound > request receive
arriving incoming > request receive body
asker callers requester user > client request
assemble > build create
assign > set property
assistance donation help lts official officially sponsor > support
assistant > helper
attach attached bolt > decorate add property
attachment document image pdf photo video > file stream upload static buffer
attacker hackers intruder thief > security attack
audit > log security
auth > prehandler hook
autocomplete autocompletion hints intellisense > types typescript typing editor completion
autograph > signature
average evaluate measured measures measuring ranking > benchmark
avoid discard skip > ignore
await promise promised > async
awaited > async promise
aware > detect know
aws azure cloud function gcp lambda > serverless deploy
bad garbage junk > invalid malicious validation poisoning
baggage reliance > dependency
balancer > proxy reverse load
ban banned bar > reject forbid
barrier > guard
batch multi multiple > many
beautiful humans legible nice readable > pretty
before > pre hook
beginner newbie novice started starting > introduction tutorial getting-started guide
beginning > start onrequest
between intercept > hook middleware
big enormous giant gigantic huge massive oversized > limit size maximum maxlength large
bill charge invoice > payment
blank > null undefined empty redact
blocked blocking > wait sync
blow > error crash limit
boilerplate scaffold skeleton starter template > cli generate
booting boots startup > start ready listen
bottleneck lag laggy sluggish > performance latency overhead event loop
bounce > reject error redirect
bounced > redirect reject
bouncer gatekeeper > authentication prevalidation guard
boundary wall > encapsulation scope
box cores hardware machine machines ram vm > instance capacity resources cpu memory
brake flood overload overwhelm spam throttle > rate limit pressure load
break split splitting > separate modular plugin
breaking breaks incompatible > migration deprecated change
breakpoint inspected > debug
bridge > adapter provider
bridges > provider adapter
bring congestion pickup pressure volume > load
brochure chapter docs explains explanation > documentation
broken wrong > error invalid
brothers neighbour neighbours sibling siblings > context encapsulation
browse > redirect client
browsers call calls clients visit visits > request
bulky heavy > large size
bump > upgrade version release
bun deno engine nodejs runtime > node version
bundle bundler bundling > webpack build
busy overloaded > pressure load
button tab window > client browser
buy hire > commercial support
bypass > ignore raw
bypassed > skip
byte gb gigabyte kb kilobyte kilobytes mb megabyte megabytes > size limit bytes length
bytes > size limit length
cached expired stale > cache
calling > request client
capacity > limit load
capital lowercase uppercase > case sensitive
card passwords token > secret redact authorization sensitive
catalog catalogue collection overview > list index ecosystem
catchall fallthrough > notfound wildcard default
censoring confidential hide masked secret secrets > redact
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
chunk chunked chunks packets piece pieces pipe piped piping pump streaming streams > stream
citing mirror quote quotes > copy
clash collide collision double twice > conflict duplicate already
clean sanitise sanitize strip > remove validation additional
cleartext unencrypted > insecure http https tls secure
clever smart > optimize
clock millisecond minute minutes seconds > timeout time milliseconds duration
clue > log message
cold firebase netlify vercel > serverless
colleague coworker newcomer team teams volunteer > contributor member collaborator
collect gather > aggregate
come > receive
comma separated > array query
commercial paid professional > support partner
commit merge > pull contributing
commits maintainers owners review reviewer reviewers welcome > contributing
commonjs import imports require > module esm
community > contributing support discord
compare > benchmark difference
complain complaining complains complaints > error warning
completion > types typescript typing editor
component components modular > plugin encapsulation
compress gzip shrink smaller > compression
compulsory mandatory > required schema
conditional decide depend > condition constraint
conflict identical twin > duplicate
conform > schema specification semver standard
console printed prints screen stdout terminal > log logger logging output
consume consuming > read stream
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
coverage flaky inject poke proof prove smoke suite sure > test
cpu > instance capacity resources memory
craft invent > create
crash dead death die dying killed > close exit uncaught exception error shutdown
cross preflight > cors
crowd many millions thousands > load scale limit
csv markdown msgpack protobuf toml xml yaml > parser content type body
ctrl sigint sigterm > shutdown close signal
customer > client user request instance
cut > timeout abort limit truncate
cuts > abort truncate
cve exploit hacker harden hardening malware pen precaution safe safely steal stolen tampered unsafe virus vulnerability vulnerable > security
dangerous harmful risk risky > security vulnerability attack unsafe poisoning
data > payload body database
date > format serialization
dates > format date serialization
deadline freeze frozen hang lasting stall stalled stalling stalls stuck timed timer timers unresponsive watchdog > timeout
deaf mute quiet silence silent > disable logger
decimal float fraction > number
decline > reject error
decorate > decorator
deep depth > nested
defect defects > bug error
deferred paused postpone postponed sleep sleeping > delay
delivered delivery transmitted > send
depends > condition constraint plugin
describe described describing description keyword keywords required shape shaped > schema
detail details finer severity > level
dial knob knobs lever > option configuration
dictionary literal literals map > object
died dies > close exit uncaught exception error shutdown timeout crash
digits numbers numeric > integer number type coerce
disadvantage downside drawback > consideration
disappear gone lose lost vanish > disconnect close abort missing
discover recognise recognises > detect
disk drive filesystem > file static directory
dismiss > ignore remove
disposable > temporary
dns domain domains subdomain > host hostname
dodge > avoid
door entrance > route listen
download > stream send file
downtime outage zero-downtime > graceful shutdown readiness
drain farewell goodbye shutting > close shutdown
driver drivers mongo mysql orm postgres redis sqlite storage store tables transaction warehouse > database
drop > abort close disconnect cancel discard remove
dropped drops > close discard remove
dummy emulate fakes faking imitate mocked mocking pretend simulate > inject mock test
duplicate > conflict already
duties > responsibility
early preload > hints
edge > proxy serverless
education learning lesson walkthrough > tutorial guide
elapsed > time response duration
emit emitter listener listening notification notified notifies notify subscribe > event hook
empty > null undefined
encapsulated share > encapsulation
encrypted encryption > https tls secure insecure
end eol lifespan maintained unsupported > lts support
endless forever > timeout loop
endpoints > route
english grammar prose sentence tense writing > style documentation voice
enlarge extend higher increase raise > limit maximum option
entry > entrypoint
enumerate > list
equivalent > alternative
esm > module
everywhere overall whole > global
evil > security vulnerability attack unsafe poisoning invalid malicious validation
evolve > version migration
examine inspect > debug log
exceed exceeded exceeds > limit max
exchange replace swap > override custom
execution flow order phases stages steps > lifecycle
exhausted quota rate truncate truncated > limit
explode > error crash limit close exit uncaught exception shutdown
exposed > public
expression pattern regex > regexp
extension filename media mime parser utf utf8 > content type
facing funnel perimeter proxied > proxy
family > group
fast faster quick quicker rapidly speed speedy swift > performance benchmark optimize
favicon > static
feed feeding > stream input
fetch fetched > get request load
fields formdata forms > multipart body urlencoded formbody
fifth > version v5
figures > metrics benchmark number
file > destination
files static > file
final > last
finger > hash
fingerprint > hash id
finish > close end response
finished > close end response done
finishing > done close end callback
fired fires firing > hook event trigger
firewall > proxy security
first generation generations latest node semver > version
flag flags > option boolean
flaw hole loophole weakness > vulnerability security
flexible > option
fluent > builder
folder folders > directory autoload
footer trailers > trailer
forbid > reject
foreign international localised > i18n locale language message
forged trustworthy > trust
form > multipart body urlencoded formbody parser
fourth > version v4
frequency > interval
gain gains overhead snappy > performance
garbled gibberish mangled > encoding content type
gate gatekeeping guard > hook prehandler authentication
generate generated > create build
generic generics > types typescript
glue > plugin hook register
greet hello snippet snippets > example
group grouping > prefix plugin
grow > limit maximum option capacity instances cluster load
growth scale scaling > capacity instances cluster load
halfway interrupted midway > abort
handed propagate > pass
hanging hangs hung > timeout stuck
haproxy loadbalancer nginx > proxy reverse
healthy > ready health listening kubernetes
heartbeat ping > health probe keepalive
helper helpers utility > decorator plugin
hidden > redact private
hijack low untouched > raw
hint > types typescript typing editor completion hints
home > root
hook > middleware
hooked post pre subscriber > hook
host hosted hosting provider > deploy
hostile untrusted > invalid malicious validation poisoning security
hotfix patch patches > release security fix
hour hours > time
house > host
html layout markup > template view
identifies identify > id
identity > authentication login
idle unused > keepalive timeout
illegal > invalid forbidden
images photos pictures > file body upload
imported importing > load register
inactive > keepalive timeout idle
incomplete unfinished > pending
incorrect > invalid error
infer inference inferred > type provider types
infinite > timeout loop limit
inherit inheritance inherits > prototype
innermost > nested child
installing > install
instructions > guide
intermediate > middleware proxy
internet public > proxy host listen
interpret teach understand > parser parse
introduce prefix > register
invisible unseen > scope encapsulation private
janitor > cleanup
jobs > queue
join participate participating pull > contributing contribute
json > serialization
judge > validate
juggle > manage
jump > redirect migration upgrade version
jumped leap moved moving step switching > migration upgrade version
kick kicked kicks > reject close
kill quits sealed stopped tear terminated terminates unplug unreachable > close
label labels > tag
language > i18n locale message
large > limit size maximum maxlength
lasted lasts spent > elapsed time duration
late > timeout delay
launches launching > start listen
leak leaked leaking leaks > redact expose memory
lean lightweight needless penalty slim unnecessary > overhead
learn > detect know tutorial guide
leave > abort close disconnect cancel optional
leaves > reply response send abort close disconnect
left omit omitted > optional
leftover leftovers release > cleanup close
lengthy > long limit
lenient tolerant tolerate > allow ignore
letsencrypt > https
letters > case sensitive string regex
line lines > header text
linking links rewrite site > url
lint > linter
linux mac operating windows > ci tested
listen > port address
liveness readiness unhealthy > health kubernetes ready
locale translation > i18n
localized translate translated > i18n locale language
lock locked > freeze
log > logger destination
logs > logger
long > timeout limit size maximum maxlength large
look > find style
looking lookup lookups resolve > find
loopback > localhost listen address
machine-readable > json schema
manually > manual
member members > property
messages > error message
meter metering stopwatch takes took > elapsed time response duration
metrics > diagnostics
middle > hook middleware abort
misuse warned warnings > warning
modify > change
module modules > plugin encapsulation scope
money > support number
monkeypatch patching > decorate
mount mounted > register prefix
ms > timeout time
muted suppress suppressed > disable
native raw > node
nested > object schema
nesting > nested object schema
newcomers > contributing introduction
nightly > release
nonsense rubbish > invalid validation
nothing > null undefined empty
null > nullable
number > integer type coerce
obey > follow specification semver standard
observe > monitor hook
obtain > get
odd strange weird > unexpected invalid
offline > unavailable close
offset utc zone > timezone date time
old-fashioned > legacy
older > legacy previous
openapi swagger > plugin schema
opened opens reachable > listen
optional > required
options > cors method
orchestration orchestrator > kubernetes deploy
ordering precedence reordering > order
organise organised organize > structure plugin
outdated > deprecated migration removed version lts support
outermost > root parent
outgoing > response send reply
outlive > lifetime
outside > proxy host listen external
overrule shadow > override
own > custom
page > template view url
paragraph paragraphs > writing style
parallel race racing > concurrent
parse > parser
parsers parsing > parser content type
part parts > plugin scope
particular specific version > constraint
password > authentication authorization secret redact sensitive
patched > release security fix patch
path slug > parameter route url
pause queue waiting waits > delay wait
payload payloads > body
peak rush spike traffic > load capacity pressure
peek > read
people > client user request contributing support discord community
persisted > store
phase pipeline > lifecycle hook
picky > strict validation
picture > file stream upload static buffer body
piggyback > extend
plain > insecure http
plaintext > text
plumbing > plugin hook stream
pod pods > kubernetes
policies policy > security support
polish > format
polite > graceful
pool > connection close database
pooling > database connection
precompiled > compile
prepared warm warmup > ready
pretending > mock inject
prevented > block
print > log logger logging output hash
private > redact encapsulation scope
probe probes > health readiness kubernetes
profile profiling > performance benchmark
protected protecting > security guard
protocol > http http2
proxy > reverse
publicly revealed reveals > expose
publish publishing > release npm
react reaction reacts > handler hook
reboot rebooted revive > restart
rebuild > compile build
rebuilt > build
recipe recipes > example guide
recorded recording tracked > log
records > payload body database log
recursive recursively > nested directory
recycle > reuse
redo > repeat
refactor > migration
refuse > reject error validation invalid
refused refuses refusing > reject error limit
relational > sql database
released > release version
rely > depend dependency
remember > cache store
remembered > cache session
removal removed retired withdrawn > deprecated
rename > rewrite
renamed > name deprecated
rendered rendering renders > view template
report reported reporting > log error
repository > repo
requirements > requirement
reroute > redirect rewrite
resend > retry
restart restarted restarts > reload
restrict restricted restricting > constraint limit
returned > return reply
rewind rollback > revert
rollout > graceful shutdown readiness deploy
rotate rotation > transport destination
rotated > rotation
rule rules > schema policy validation
running up > ready health listening
safeguard > protect security validation
sandbox > isolate
sanitised sanitized strict verified verifying > validation
scaled > scale
scan > search
scheduler > schedule
scrub scrubbed > redact remove
second > version v2
secrecy > secret redact
secured securing > security https
see sees visibility > scope access available
segment > path parameter route url
segments > path parameter
sending sends > send reply request
sensitive > redact secret
sent > request body
sequence sequential > order lifecycle
serve served serving > host static send
server tenants > instance
serves > send static
session > cookie
settings > configuration option
shared > share reference
shield > protect
shop webshop > application
signal signals > event close abort
singleton > decorate instance
sixth > version v6
skipped skipping > skip ignore
slash > trailing
slashes > trailing slash
slow > performance latency overhead event loop timeout benchmark optimize
smuggle sneak > attack poisoning security
socket > connection raw
spec standard > specification
spell spelled > case
stamp timestamp timestamps > date time format
statistics stats > metrics benchmark
stepping > migration upgrade version debug
stop stopping stops > close shutdown prevent
strangle > limit pressure
stress > load benchmark performance
stripped stripping wipe wiped > remove
structured > schema json
stuff > data
subdirectory subfolder > prefix
submit submits submitted submitting > request body post
subset > filter
supertest > inject test
supervise watcher > monitor
surprise > unexpected
swallow swallowed > catch error
switch > option migration upgrade version
synchronously > sync
synonym > alias
table > index database
tag > header
teammates > contributor
teardown > close hook
telemetry > diagnostics tracing channel
tenant > instance constraint host
third > version v3
thread threads > cluster
tie > bind
time > timeout milliseconds duration
timezone > date time
toggle > option enable disable
tooling tools > cli plugin
touch > modify
tracing > id identifier genreqid diagnostics channel
track tracking > log id
trailing > slash
transformed transforms > transform serialization
trick > workaround
trim > strip
truth > boolean
ts typescript typings > types
tune tuned tuning > performance configure
turn > reject error order lifecycle
turned turning turns > convert
tweak > change override modify configure option custom
unavailable > 503 down
uncaught unhandled > exception error
undocumented > internal
unlock > enable
unpack > decompress
upgrade upgraded upgrading > migration version
upload uploading uploads > body file multipart limit
urlencoded > body parser
urls > route url
usual > default
validated validates validating > validation schema
vanished > deprecated removed
vendor > support partner third
verbs > method
versioned versioning > version constraint
view > template
violate violates violation > validation error
visible > scope access available encapsulation
web > proxy host listen http
wildcards > wildcard
wire > connection
wording > style documentation voice error message
words > string text
worker > cluster process queue
workers > cluster process
wrapped wrapping wraps > wrapper plugin
wrote > write
zip > compression compress
zipped > compress
`
