package quads

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/cayleygraph/quad"
)

// maxInline is the longest encoded value, in bytes, that serves as its own key.
const maxInline = 256

// inlineMarker begins the record of an id whose value is kept apart; no encoded value begins with it.
const inlineMarker = 0xff

// The first byte of an encoded value tells its type. What follows is exact: equal bytes are equal values.
const (
	kindIRI    = 'i' // the IRI
	kindString = 's' // the string
	kindBNode  = 'b' // the name
	kindLang   = 'l' // uvarint length of the language, the language, the string
	kindTyped  = 't' // uvarint length of the type's IRI, the IRI, the string
	kindInt    = 'n' // 8 bytes, sign bit flipped
	kindFloat  = 'f' // 8 bytes, IEEE 754
	kindBool   = 'o' // one byte
	kindTime   = 'd' // 8 bytes of seconds since 1970 with the sign bit flipped, 4 bytes of nanoseconds
)

// appendValue appends the encoding of a value. Types that Cayley doesn't define are an error.
func appendValue(b []byte, v quad.Value) ([]byte, error) {
	switch v := v.(type) {
	case quad.IRI:
		return append(append(b, kindIRI), v...), nil
	case quad.String:
		return append(append(b, kindString), v...), nil
	case quad.BNode:
		return append(append(b, kindBNode), v...), nil
	case quad.LangString:
		b = binary.AppendUvarint(append(b, kindLang), uint64(len(v.Lang)))
		return append(append(b, v.Lang...), v.Value...), nil
	case quad.TypedString:
		b = binary.AppendUvarint(append(b, kindTyped), uint64(len(v.Type)))
		return append(append(b, v.Type...), v.Value...), nil
	case quad.Int:
		return binary.BigEndian.AppendUint64(append(b, kindInt), uint64(v)^1<<63), nil
	case quad.Float:
		return binary.BigEndian.AppendUint64(append(b, kindFloat), math.Float64bits(float64(v))), nil
	case quad.Bool:
		if v {
			return append(b, kindBool, 1), nil
		}
		return append(b, kindBool, 0), nil
	case quad.Time:
		t := time.Time(v)
		b = binary.BigEndian.AppendUint64(append(b, kindTime), uint64(t.Unix())^1<<63)
		return binary.BigEndian.AppendUint32(b, uint32(t.Nanosecond())), nil
	case nil:
		return nil, fmt.Errorf("quads: no value")
	}
	return nil, fmt.Errorf("quads: values of type %T can't be stored: %v", v, v)
}

// parseValue decodes what appendValue wrote. The value doesn't share memory with b. Times come back in UTC.
func parseValue(b []byte) (quad.Value, error) {
	if len(b) == 0 {
		return nil, fmt.Errorf("quads: empty record of a value")
	}
	rest := b[1:]
	switch b[0] {
	case kindIRI:
		return quad.IRI(rest), nil
	case kindString:
		return quad.String(rest), nil
	case kindBNode:
		return quad.BNode(rest), nil
	case kindLang, kindTyped:
		n, k := binary.Uvarint(rest)
		if k <= 0 || n > uint64(len(rest)-k) {
			break
		}
		attr, text := string(rest[k:k+int(n)]), quad.String(rest[k+int(n):])
		if b[0] == kindLang {
			return quad.LangString{Value: text, Lang: attr}, nil
		}
		return quad.TypedString{Value: text, Type: quad.IRI(attr)}, nil
	case kindInt:
		if len(rest) == 8 {
			return quad.Int(binary.BigEndian.Uint64(rest) ^ 1<<63), nil
		}
	case kindFloat:
		if len(rest) == 8 {
			return quad.Float(math.Float64frombits(binary.BigEndian.Uint64(rest))), nil
		}
	case kindBool:
		if len(rest) == 1 && rest[0] <= 1 {
			return quad.Bool(rest[0] == 1), nil
		}
	case kindTime:
		if len(rest) == 12 {
			sec := int64(binary.BigEndian.Uint64(rest) ^ 1<<63)
			return quad.Time(time.Unix(sec, int64(binary.BigEndian.Uint32(rest[8:]))).UTC()), nil
		}
	}
	return nil, fmt.Errorf("quads: damaged record of a value: %.40q", b)
}

// appendDictKey appends the key under which the id of an encoded value is found.
func appendDictKey(b, enc []byte) []byte {
	if len(enc) <= maxInline {
		return append(append(b, partValue), enc...)
	}
	h := sha256.Sum256(enc)
	return append(append(b, partHash), h[:16]...)
}

// appendIDRecord appends the record kept under an id in partID; apart says that the value belongs in partLong too.
func appendIDRecord(b, enc []byte) (rec []byte, apart bool) {
	if len(enc) <= maxInline {
		return append(b, enc...), false
	}
	return binary.AppendUvarint(append(b, inlineMarker), uint64(len(enc))), true
}
