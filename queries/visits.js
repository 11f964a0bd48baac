// title: The visits of a person | زيارات شخص
// en: Where a person travelled and whom a person called on, with the day.
// ar: الأماكن التي زارها شخص والجهات التي زارها، مع التاريخ.
// param: person actor | the visitor | الزائر
// column: time | when | متى
// column: host node | place or host | المكان أو المضيف
// column: place node | where | المكان
// column: status node | whether it took place | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, host
// example: person=جون كيري
var person = "<person/جون_كيري>"

g.V(person).in("<sila:agent>").unique()
  .has("<rdf:type>", "<sila:Visit>").tag("fact")
  .save("<sila:status>", "status")
  .saveOpt("<sila:patient>", "host")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time").all()
