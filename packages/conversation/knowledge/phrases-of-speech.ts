/** Several words that mean one thing, and what else it may be called. Matched on the folded words of a question. */
export const phrasesOfSpeech = `
at the same time > parallel concurrent
behind a proxy > trust proxy
big can > limit size
by hand > manual
by itself > automatic
bring down > close shutdown
bring up > start
carry on > continue
check out > inspect
clean up > close cleanup
closed the tab > abort close
come up > start ready
cut off > abort timeout limit
cut short > abort timeout
does not exist > 404 missing notfound
do not exist > 404 missing notfound
drop out > disconnect abort
each time > hook
every time > hook
fall back > default fallback
fall over > crash
find out > detect
for free > license
form fields > multipart body
get rid of > remove
gets declared > register
give up > abort timeout
go away > disconnect close abort
goes away > disconnect close abort
goes down > close shutdown
go down > close shutdown
go live > production deploy
going live > production deploy
hand over > pass
hang up > disconnect close abort
hung up > disconnect close abort
hook into > hook
how big > limit size maximum
how far > limit
how fast > performance benchmark
how large > limit size maximum
how late > timeout
how long > timeout duration time
how much > limit size maximum
how often > schedule interval
how quickly > performance benchmark
how slow > performance timeout
in a row > sequence order
in front of > proxy before
in parallel > concurrent
in which order > sequence lifecycle
in what order > sequence lifecycle
keep an eye > monitor
keep apart > isolate encapsulation scope
keep out > reject prevent
keep track > log
kick off > start
kick out > reject close
let go > release close
let in > accept allow
lock down > secure
log in > login authentication
log on > login authentication
look after > maintain
look for > find
look like > schema type shape
looks like > schema type shape
look up > find
make sure > ensure validate
make up > generate
more than one > multiple
more than once > duplicate multiple
no longer > removed deprecated
not exist > 404 missing notfound
not found > 404
not there > 404 missing
old version > legacy migration
on its own > isolated standalone
on the fly > dynamic runtime
one after another > order sequence
open port > listen port
out of date > deprecated
out of the box > default
part of > scope
pass on > forward
pick up > detect load
plug in > plugin
point to > redirect
pull request > contributing
put in place > configure
put off > delay
read in > parse
real ip > address
roll back > revert
roll out > deploy
run out > exceed limit
send away > redirect
send on > forward
send to > redirect
set up > configure setup
shut down > close shutdown
shuts down > close shutdown
shutting down > close shutdown
sign in > login authentication
single sign on > authentication
slow down > performance limit
speed up > performance optimize
spin up > start
spread over > cluster
stand for > mean
status page > health
stay alive > keepalive
step by step > lifecycle order
switch off > disable
switched off > disable
switch on > enable
take down > close shutdown
take over > hijack override
take part > contributing
take place > execute
takes too long > timeout
take too long > timeout
tear down > close
third party > external plugin ecosystem
throw away > discard drop
time out > timeout
times out > timeout
too big > limit size
too large > limit size
too long > timeout limit
too many > limit
too much > limit
too slow > timeout performance
too soon > early ready
trim down > reduce
try again > retry
try out > test
turn away > reject refuse
turn everybody away > reject refuse
turn off > disable
turned off > disable
turn on > enable
turned on > enable
under one > prefix
up and running > start ready
up front > early
up to date > latest
wait for > delay await ready
wait until > delay ready
warm up > ready start
wipe out > remove
wire up > register connect
work together > integrate
write down > log
`
