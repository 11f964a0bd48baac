// title: What an actor belongs to | ما ينتمي إليه طرف
// en: The alliances, bodies and countries that an actor is a member of, belongs to or holds an office in.
// ar: التحالفات والجهات والدول التي ينتمي إليها طرف أو يتبع لها أو يشغل منصبا فيها.
// param: actor actor | the member | الطرف
// column: how node | member, part or office holder | نوع الصلة
// column: body node | the alliance, body or country | الجهة
// key: how, body
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

var edges = ["<member_of>", "<affiliated_with>", "<held_office_in>", "<joined>"]
edges.forEach(function (how) {
  g.V(actor).out(how).forEach(function (row) { g.emit({how: how, body: row.id}) })
})
