// title: Attacks on a target | هجمات على هدف
// en: Attacks, killings, sieges and captures that an actor or place suffered, with the attackers.
// ar: الهجمات وأعمال القتل والحصار والسيطرة التي تعرض لها طرف أو مكان، مع المهاجمين.
// param: target actor | the target | الهدف
// column: time | when | متى
// column: type node | what was done | نوع الواقعة
// column: attacker node | who did it | المهاجم
// column: place node | where | المكان
// column: status node | whether it happened | الحال
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: time, type
// example: target=تنظيم داعش
var target = "<org/تنظيم_داعش>"

g.V(target).in("<sila:patient>").unique()
  .has("<rdf:type>", "<sila:Attack>", "<sila:Kill>", "<sila:Injure>", "<sila:Defeat>", "<sila:Besiege>", "<sila:Capture>")
  .tag("fact")
  .save("<rdf:type>", "type")
  .save("<sila:status>", "status")
  .saveOpt("<sila:agent>", "attacker")
  .saveOpt("<sila:place>", "place")
  .saveOpt("<sila:time>", "time").all()
