// title: Members of an alliance or body | أعضاء تحالف أو جهة
// en: The countries, bodies and people that belong to an alliance or body.
// ar: الدول والجهات والأشخاص المنتمون إلى تحالف أو جهة.
// param: body actor | the alliance or body | التحالف أو الجهة
// column: member node | who belongs to it | العضو
// key: member
// example: body=التحالف الدولي
var body = "<org/التحالف_الدولي>"

g.V(body).in("<member_of>").unique().tag("member").all()
