// title: Meetings at a place | لقاءات في مكان
// en: The meetings held in a place, with those who attended and the day.
// ar: الاجتماعات واللقاءات التي عقدت في مكان، مع حاضريها وتاريخها.
// param: place place | where | المكان
// column: time | when | متى
// column: participant node | who attended | الحاضرون
// column: status node | whether it took place | الحال
// column: fact node | the meeting, for where-reported | الواقعة
// key: fact
// order: time
// example: place=واشنطن
var place = "<place/واشنطن>"

g.V(place).in("<sila:place>").unique()
  .has("<rdf:type>", "<sila:Meet>").tag("fact")
  .save("<sila:status>", "status")
  .saveOpt("<sila:time>", "time")
  .save("<sila:agent>", "participant").all()
