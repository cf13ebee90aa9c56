/**
 * Everyday words, and what a manual is likely to call the thing that is meant. Read from left to right only: who asks about
 * a "picture" may be helped by what stands under "file", seldom the other way round. General; taken from no manual.
 */
export const wideWords = `
address location place > url path route
admin operator owner > permission configuration
advice opinion opinions best > recommendation guideline practice
afford price rent budget > cost capacity
alive up running healthy > ready health listening
altered altering tweak > change override modify
amend amends > modify update
announce > emit event
anonymous > unauthenticated
apart separately > isolate separate encapsulation scope
approve > allow accept
arrive arrives arriving incoming inbound > request receive
assemble > build create
assistant > helper
attach attached bolt > decorate add property
attachment photo picture image video pdf document > file stream upload static buffer
autocompletion autocomplete completion intellisense hint hints > types typescript typing editor completion
aware learn > detect know
baggage > dependency
bar forbid banned ban > reject forbid
beginner newbie novice started starting > introduction tutorial getting-started guide
bill invoice charge > payment
blank empty nothing > null undefined empty
blocked blocking > wait sync
blow explode choke > error crash limit
bottleneck lag laggy sluggish slow > performance latency overhead event loop
bouncer gatekeeper > authentication prevalidation guard
boundary wall > encapsulation scope
brake throttle flood overload overwhelm spam > rate limit pressure load
breaking breaks incompatible > migration deprecated change
bridge > adapter
broken > error invalid
browser phone mobile tablet device laptop app customer consumer visitor caller user people person > client user request
bulky heavy > large size
bump > upgrade version release
button tab window > client browser
buy hire > commercial support
cancel hangup abandon quit leave drop > abort close disconnect cancel
capital letters uppercase lowercase > case sensitive
catalogue catalog overview collection > list index ecosystem
certain specific particular > constraint
chain chained fluent > builder fluent
chase > trace
cheap free > cost
cheat forge spoof fake tamper > trust security poisoning
checksum > hash
choke strangle > limit pressure
chunk chunks piece pieces > stream
clash collide collision twice double duplicate > conflict duplicate already
clever smart > optimize
clients browsers > request
clock time seconds minute minutes millisecond > timeout time milliseconds duration
clue > log message
collect gather > aggregate
colour color colours > style
come arrive > receive
commercial paid vendor professional > support partner
compiler compile checker > typescript types
complain > error warning
compulsory mandatory > required
conflict clash > duplicate
conform > schema
console stdout terminal screen printed prints print > log logger logging output
contents table > index
contract > schema specification
convention conventions > style guideline
conversation > session request
cooperate > integrate
coworker colleague team teams newcomer volunteer > contributor member collaborator
craft > create
crash explode die dies died dying dead death killed > close exit uncaught exception error shutdown
crowd thousands millions many > load scale limit
cryptic > error
customers shoppers > client
customise customize tailor tweak adjust adapt adjustable > configure option custom override
cut > timeout abort limit
dangerous harmful risk risky evil > security vulnerability attack unsafe poisoning
data records > payload body database
deadline late hang hangs hanging stuck freeze frozen forever slow long > timeout
deaf mute silent quiet > disable logger
decide depend depends conditional > condition constraint
decimal float fraction > number
deferred > delay
depth deep nesting > nested
design architecture philosophy values goals idea > principles
desktop > client
different another elsewhere > redirect
disappear vanish gone lost lose > disconnect close abort missing
disk drive filesystem > file static directory
dismiss > ignore remove
disposable > temporary
door entrance > route listen
downtime outage rollout zero-downtime > graceful shutdown readiness
drain > close shutdown
drop dropped drops > close discard remove
duties > responsibility
editor ide vscode > typescript types
education learn learning lesson > tutorial guide
encoded encoding charset > content type header
endless infinite forever > timeout loop
english wording grammar tense sentence prose writing > style documentation voice
enlarge raise increase higher grow extend > limit maximum option
entry > entrypoint
everyone everybody anybody > client
evil hostile bad untrusted garbage junk > invalid malicious validation poisoning
evolve > version migration
exhausted > limit
expensive costly > overhead performance
explode > error
exposed > public
fail failed failing fails failure > error exception
family > group
faster fast quicker quick speed speedy swift slow rapidly > performance benchmark optimize
feed feeding > stream input
fetch fetched > get request load
fields form forms formdata > multipart body urlencoded formbody
finger print > hash
fingerprint > hash id
finished finish > close end response
flag flags > option boolean
flaw hole loophole weakness > vulnerability security
flood > limit
foreign language translated translate localised localized international > i18n locale language message
frequency > interval
funnel > proxy
garbage > invalid
generate generated > create build
gigantic enormous massive huge big large long giant oversized > limit size maximum maxlength large
glance > overview
glue plumbing > plugin hook
goodbye farewell > close shutdown
greet hello > example
guard gate gatekeeping > hook prehandler authentication
hangs > timeout
hardening harden > security
hardware machine machines box cpu cores ram vm > instance capacity resources cpu memory
heartbeat ping alive > health probe keepalive
help assistance > support
hide hidden secret sensitive confidential private > redact
hook intercept middle between > hook middleware
hosting host provider > deploy
hotfix patch patched patches > release security fix
hour hours > time
house > host
huge > limit
humans readable pretty beautiful nice > pretty
identity > authentication login
idle inactive unused > keepalive timeout
imitate pretend emulate simulate dummy > inject mock test
imported importing > load register
infinite > limit
inspect examine > debug log
internet public web outside > proxy host listen
intruder thief attacker hackers > security attack
invent > create
invisible unseen > scope encapsulation private
join participate participating pull > contributing contribute
juggle > manage
jump > redirect
kick kicked kicks > reject close
kilobyte megabyte gigabyte megabytes kilobytes mb kb gb byte bytes > size limit bytes length
lambda function cloud aws azure gcp > serverless deploy
language translation locale > i18n
late > timeout delay
layout markup html page view > template view
leak leaks leaking leaked > redact expose memory
learn discover > detect
leftover leftovers release > cleanup close
legacy old outdated ancient previous > deprecated migration removed version
legible readable > pretty
lifespan maintained > lts support
limit > limit
lint > linter
listen > listen port address
lock locked > freeze
log > logger
login password signin > authentication authorization
lookup resolve > find
machine-readable > json schema
mail email > plugin
malfunction misbehave misbehaving > error
manually > manual
meter metering stopwatch took takes elapsed > elapsed time response duration
mime media > content type
mirror > copy
misuse > warning
mobile > client
modify > change
modular module modules component components > plugin encapsulation
money donation sponsor > support
monthly weekly yearly annual > schedule release
mount mounted > register prefix
mute muted > disable
names naming > name
navigate navigates browse > redirect client
needless unnecessary > overhead
nickname alias > name
nightly > release
noise noisy verbose chatty > log level
number numbers numeric digits > integer number type coerce
numbered unique counter serial correlation trace tracing > id identifier genreqid
numeric > number
obey > follow
obey comply compliant conform follow adhere > specification semver standard
observe > monitor hook
obtain > get
offline > unavailable close
offset zone timezone utc > timezone date time
old-fashioned > legacy
orchestration orchestrator > kubernetes deploy
outgoing > response send
outlive > lifetime
outside > external
own > custom
packets > stream
paginate paging > query
paperwork terms law lawyer > license
paragraph paragraphs > writing style
parallel > concurrent
parse understand teach interpret > parser parse
part parts module modules > plugin scope
password passwords card token > secret redact authorization sensitive
pause > delay wait
payload > body
penalty > overhead
people > client
perimeter edge facing > proxy
permission rights allowed > authorization
phase > lifecycle hook
pickup > load
picky strict > strict validation
piggyback > extend
pipe pump > stream
pipeline > lifecycle hook
plain unencrypted cleartext > insecure http
plaintext > text
plug plugs pluggable > plugin
polish > format
polite > graceful
pool > connection close
postpone > delay
precaution > security
precompiled > compile
pressure > load
print > log
private > encapsulation
profile profiling > performance benchmark
promise await > async
propagate > pass
prove certain sure > test
proxy balancer loadbalancer haproxy nginx > proxy reverse
punctuation grammar > style
queue waiting waits > delay wait
quota > limit
quote quotes citing > copy
race racing > concurrent
ram > memory
ranking > benchmark
reachable > listen
reaction react reacts > handler hook
rebooted reboot > restart
rebuild > compile build
recipe recipes > example guide
recognise recognises > detect
recycle > reuse
redo > repeat
refuse refuses bounce decline turn > reject error
regularly often frequent cadence > schedule release
reject rejected rejecting refuse > validation error invalid
rely > depend
rely reliance > dependency
remember > cache store
renamed > name deprecated
repository > repo
reroute > redirect rewrite
revive > restart
rewind rollback > revert
route > route
rule rules > schema policy
runtime node nodejs deno bun engine > node version
safeguard > protect security validation
safely safe > security
sandbox > isolate
sanitize sanitise clean strip > remove validation additional
scale scaling growth grow > capacity instances cluster load
scan > search
scrub scrubbed > redact remove
sealed > close
seconds > timeout
secrecy > secret redact
secret secrets > redact
see sees visible visibility > scope access available
segment segments > path parameter
sequence sequential order turn > order lifecycle
serve served serving > host static send
shadow > override
shield > protect
shop webshop > application
shortcut shortcuts > shorthand
shorten shorthand abbreviation > shorthand
shrink smaller compress > compression
signal signals > event close abort
signature autograph > signature
silence silent mute > disable logger
skip bypass avoid > ignore
slash slashes > trailing slash
sleep sleeping > delay
smoke > test
smuggle sneak slip > attack poisoning security
snappy > performance
snippet > example
socket > connection
spell spelled uppercase > case
sponsor > support
stack > trace
stages > lifecycle
stale expired > cache
stamp timestamp timestamps > date time format
standard spec > specification
statistics stats figures > metrics benchmark
steps stages phases order > lifecycle
stop stops stopping > close shutdown prevent
storage warehouse > database
strange weird odd > unexpected invalid
strangers > client
strip stripped stripping > remove redact
stuff > data
subfolder subdirectory > prefix
subset > filter
suite > test
supervise > monitor
surprise > unexpected
swallow swallowed > catch error
swap replace exchange > override custom
switch > option
synchronously > sync
tag > header
tamper > poisoning
teammates > contributor
tear > close
telemetry > diagnostics tracing
tests testing check checks verify > test inject
tie > bind
toggle > option enable disable
tools tooling > cli plugin
touch > modify
track tracking > log id
traffic rush peak spike > load capacity pressure
trick > workaround
trim > strip
truth > boolean
twin > duplicate
typings > types
typo misspelled > error
unavailable > 503 down
understand > parse
undocumented > internal
unexpected > error
unfinished incomplete > pending
unhandled uncaught > exception error
unlock > enable
unpack > decompress
unplug > close
unreachable > close
untyped javascript js > typescript types
upload uploading uploads > body file multipart limit
urlencoded form > body parser
usual > default
vendor > third
volume > load
vulnerable > security
walkthrough > tutorial guide
warm warmup > ready
watchdog > timeout
watcher > monitor
whitelist allowlist > allow
wire > connection
worker workers > cluster process
wrapper > plugin
wrong > error invalid
wrote > write
yaml xml csv toml markdown protobuf msgpack > parser content type body
yell > error
zip gzip > compression
`
