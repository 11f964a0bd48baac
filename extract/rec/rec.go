// Package rec reads record files, the format of Sila's declarative data: fact
// types, frames, word classes. In comes text such as
//
//	# one entry per type
//	type: Liberate
//	label: liberates | حرّر
//
//	type: Capture
//	…
//
// a record per paragraph, a field per line, "#" comments anywhere at the start
// of a line; out come Records whose fields know their line, so that what uses
// them can say where a mistake is. A field may occur several times in a record.
//
// [Parse] is the function that callers need; [Record.Get] and [Record.List]
// read fields.
package rec

import (
	"fmt"
	"strings"
)

// Field is one "key: value" line.
type Field struct {
	Key, Value string
	Line       int // 1-based
}

// Record is one paragraph of fields.
type Record struct {
	File   string
	Line   int // 1-based line of the first field
	Fields []Field
}

// Parse splits a file's text into records. name is used in errors only.
func Parse(name, text string) ([]Record, error) {
	var out []Record
	var cur *Record
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			cur = nil
			continue
		case line[0] == '#':
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		key = strings.TrimSpace(key)
		if !ok || key == "" || strings.ContainsAny(key, " \t") {
			return nil, fmt.Errorf("%s:%d: %q is no field; write \"key: value\", or # before a comment", name, i+1, line)
		}
		if cur == nil {
			out = append(out, Record{File: name, Line: i + 1})
			cur = &out[len(out)-1]
		}
		cur.Fields = append(cur.Fields, Field{Key: key, Value: strings.TrimSpace(value), Line: i + 1})
	}
	return out, nil
}

// Get returns the value of the first field with that key, or "".
func (r Record) Get(key string) string {
	for _, f := range r.Fields {
		if f.Key == key {
			return f.Value
		}
	}
	return ""
}

// All returns the fields with that key, in order.
func (r Record) All(key string) []Field {
	var out []Field
	for _, f := range r.Fields {
		if f.Key == key {
			out = append(out, f)
		}
	}
	return out
}

// List returns the values of all fields with that key, each split at sep and
// trimmed, empty parts dropped.
func (r Record) List(key, sep string) []string {
	var out []string
	for _, f := range r.Fields {
		if f.Key != key {
			continue
		}
		for _, v := range strings.Split(f.Value, sep) {
			if v = strings.TrimSpace(v); v != "" {
				out = append(out, v)
			}
		}
	}
	return out
}

// Errorf returns an error that names the record's file and line.
func (r Record) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.File, r.Line, fmt.Sprintf(format, args...))
}

// Known returns an error for the first field whose key is not among keys: a
// misspelt key must not be ignored silently.
func (r Record) Known(keys ...string) error {
next:
	for _, f := range r.Fields {
		for _, k := range keys {
			if f.Key == k {
				continue next
			}
		}
		return fmt.Errorf("%s:%d: unknown field %q; known are %s", r.File, f.Line, f.Key, strings.Join(keys, ", "))
	}
	return nil
}
