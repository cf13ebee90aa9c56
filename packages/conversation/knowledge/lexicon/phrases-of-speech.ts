/** Several words that mean one thing, and what else it may be called. Matched on the folded words of a question. */
export const phrasesOfSpeech = `
all at once > parallel bulk
as text > string
ask nicely > request
at the same time > parallel concurrent
back to front > reverse
behind a proxy > trust proxy
big can > limit size
break apart > split
bring down > close shutdown
bring up > start
built in > default native
by accident > error
by default > default
by hand > manual
by itself > automatic
call off > cancel abort
calls back > callback
carry on > continue
check out > inspect
clean up > close cleanup
closed the tab > abort close
come back > return retry
come out > output response serialization
come up > start ready
come with > default include
comes back > response return reply
comes out > output response serialization
cope with > handle limit
cross site > cors security
cut off > abort timeout limit
cut short > abort timeout
dig into > inspect
do not exist > 404 missing notfound
does not exist > 404 missing notfound
does nothing > ignore
drop off > disconnect abort
drop out > disconnect abort
each time > hook
end of life > lts support
end up > result
every time > hook
fall back > default fallback
fall over > crash
falls over > crash error
figure out > detect
fill in > default
fill out > form
find out > detect
fire up > start
follow up > next
for free > license
form fields > multipart body
from outside > external public
front end > client
get hold of > access
get into > access
get past > bypass validation
get rid of > remove
get stuck > timeout hang
get through > pass accept
gets declared > register
gets stuck > timeout hang
give back > return response
give up > abort timeout
gives back > return response
go away > disconnect close abort
go down > close shutdown
go live > production deploy
go through > pass lifecycle
go wrong > error
goes away > disconnect close abort
goes down > close shutdown
goes wrong > error exception
going live > production deploy
going on > log diagnostics
got wrong > error
hand over > pass
hang up > disconnect close abort
have a look > inspect
hold back > delay
hold on > wait delay
hook into > hook
hook up > connect register
how big > limit size maximum
how far > limit
how fast > performance benchmark
how large > limit size maximum
how late > timeout
how long > timeout duration time
how much > cost price limit size maximum amount
how often > schedule interval
how quickly > performance benchmark
how slow > performance timeout
hung up > disconnect close abort
in a row > sequence order
in advance > early preload
in between > middleware hook
in common > shared
in front of > proxy before
in one go > bulk
in one place > global shared
in parallel > concurrent
in pieces > stream chunk
in the middle > middleware hook abort
in use > already listen
in what order > sequence lifecycle
in which order > sequence lifecycle
keep alive > keepalive connection
keep an eye > monitor
keep apart > isolate encapsulation scope
keep open > keepalive connection
keep out > reject prevent
keep track > log
key and value > property object
kick off > start
kick out > reject close
last resort > default fallback
leave alone > ignore
leave out > optional exclude
left out > optional missing
left over > additional
let go > release close
let in > accept allow
let know > notify
live reload > watch
load up > load
lock down > secure
log in > login authentication
log on > login authentication
log out > authentication session
look after > maintain
look for > find
look like > schema type shape
look over > review
look up > find
looks like > schema type shape
machine readable > json schema
made up > invalid
make sure > ensure validate
make up > generate
mess up > error
mess with > modify
more than once > duplicate multiple
more than one > multiple
no longer > removed deprecated
not allowed > forbidden invalid
not enough > limit
not exist > 404 missing notfound
not found > 404
not known > unknown
not there > 404 missing
not working > error
not yet > pending ready
nothing happens > timeout
old version > legacy migration
on behalf > proxy
on disk > file
on its own > isolated standalone
on purpose > custom
on startup > start ready
on the fly > dynamic runtime
on the way > send
once only > single
one after another > order sequence
one by one > sequence order
one off > single
open port > listen port
open source > license contributing
out of date > deprecated
out of memory > memory limit
out of order > order sequence
out of the box > default
over and over > repeat
over the wire > network
part of > scope
pass along > forward pass
pass on > forward
pass through > proxy forward
per second > performance benchmark rate
pick and choose > select
pick up > detect load
picks up > detect load
piece of code > function handler
plug in > plugin
point at > redirect reference
point to > redirect
pull in > import load
pull out > extract remove
pull request > contributing
push out > release publish
put back > restore
put in place > configure
put off > delay
put together > build combine
put up with > allow
reach out > contact
read in > parse
read only > immutable getter
ready made > plugin ecosystem existing
real ip > address
right away > immediate early
roll back > revert
roll out > deploy
round trip > request latency
run into > error
run out > exceed limit
running out > limit
save time > performance
say no > reject refuse
send away > redirect
send back > reply response return
send on > forward
send to > redirect
sends back > reply response return
sent back > reply response return
set aside > reserve
set up > configure setup
shut down > close shutdown
shuts down > close shutdown
shutting down > close shutdown
side by side > parallel version
sign in > login authentication
single page > client
single sign on > authentication
slow down > performance limit
sort out > fix
speed up > performance optimize
spin up > start
spread across > cluster
spread over > cluster
stand for > mean
stand in > mock replacement
start over > restart
start up > start boot ready
status page > health
stay alive > keepalive
stay up > alive
step by step > lifecycle order
step through > debug
switch off > disable
switch on > enable
switch over > migration
switched off > disable
take apart > split parse
take away > remove
take down > close shutdown
take off > remove
take out > remove redact
take over > hijack override
take part > contributing
take place > execute
take too long > timeout
taken away > removed deprecated
takes over > hijack override
takes too long > timeout
tear down > close
tell apart > distinguish constraint
third party > external plugin ecosystem
throw away > discard drop
time out > timeout
times out > timeout
too big > limit size
too early > ready
too large > limit size
too long > timeout limit
too many > limit
too much > limit
too old > deprecated support
too slow > timeout performance
too soon > early ready
top level > root
track down > debug trace
trim down > reduce
try again > retry
try out > test
turn away > reject refuse
turn down > reject refuse
turn into > convert transform
turn off > disable
turn on > enable
turn up > increase
turned into > convert transform
turned off > disable
turned on > enable
turns into > convert transform
under load > performance pressure
under one > prefix
under the hood > internal
up and running > start ready
up front > early
up to date > latest
wait for > delay await ready
wait until > delay ready
walk away > abort disconnect
walks away > abort disconnect
warm up > ready start
weed out > filter remove
well known > standard
what kind > type
what went wrong > error log
when done > close finish
where from > source ip
who is calling > authentication client
who may > permission authorization
wipe out > remove
wire up > register connect
work together > integrate
wrap up > finish close
write down > log
write out > print log
`
