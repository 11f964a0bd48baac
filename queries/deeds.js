// title: What an actor did | ما فعله طرف
// en: Every fact in which an actor is the doer, with those it was done to, place and day; facts that are only planned, possible or denied carry their status.
// ar: كل واقعة كان الطرف فاعلها، مع من وقعت عليه ومكانها وتاريخها. وما كان مخططا له أو محتملا أو منفيا يظهر في الحال.
// param: actor actor | the doer | الفاعل
// param: type type? | only facts of this type | نوع الواقعة وحده
// param: since date? | from this day, month or year on | ابتداء من هذا التاريخ
// param: until date? | up to this day, month or year | إلى هذا التاريخ
// column: time | when | متى
// column: type node | what was done | نوع الواقعة
// column: patient node | to whom or what | المفعول به
// column: place node | where | المكان
// column: status node | whether it happened | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: actor=القوات العراقية; type=Liberate
var actor = "<org/القوات_العراقية>"
var type = "<sila:Liberate>"
var since = ""
var until = ""

var facts = g.V(actor).in("<sila:agent>").unique()
if (type) facts = facts.has("<rdf:type>", type)
if (since) facts = facts.has("<sila:time>", gte(since))
if (until) facts = facts.has("<sila:time>", lt(until + "~")) // "~" sorts after every day of the month
facts.tag("fact")
  .save("<rdf:type>", "type")
  .save("<sila:status>", "status")
  .saveOpt("<sila:patient>", "patient")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time").all()
