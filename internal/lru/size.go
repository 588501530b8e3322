package lru

import (
	"reflect"
	"unsafe"
)

// SizeOf returns the bytes that a value takes with all that it points to, each part once: memory
// that it shares with other values is counted as well. It does not count functions and channels,
// and the spare room of slices and maps.
func SizeOf(v any) int64 {
	if v == nil {
		return 0
	}
	s := sizer{}
	r := reflect.ValueOf(v)
	return int64(r.Type().Size()) + s.behind(r)
}

// sizer has the pointers that were followed.
type sizer map[seen]bool

type seen struct {
	at unsafe.Pointer
	of reflect.Type
}

func (s sizer) first(at unsafe.Pointer, of reflect.Type) bool {
	known := s[seen{at, of}]
	s[seen{at, of}] = true
	return !known
}

// behind returns the bytes that a value points to, without its own.
func (s sizer) behind(v reflect.Value) (n int64) {
	switch v.Kind() {
	case reflect.String:
		n = int64(v.Len())
	case reflect.Pointer:
		if !v.IsNil() && s.first(v.UnsafePointer(), v.Type()) {
			n = int64(v.Type().Elem().Size()) + s.behind(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			n = int64(v.Elem().Type().Size()) + s.behind(v.Elem())
		}
	case reflect.Slice:
		if !v.IsNil() && s.first(v.UnsafePointer(), v.Type()) {
			n = int64(v.Len())*int64(v.Type().Elem().Size()) + s.items(v)
		}
	case reflect.Array:
		n = s.items(v)
	case reflect.Struct:
		for i := range v.NumField() {
			n += s.behind(v.Field(i))
		}
	case reflect.Map:
		if v.IsNil() || !s.first(v.UnsafePointer(), v.Type()) {
			return 0
		}
		each := int64(v.Type().Key().Size()+v.Type().Elem().Size()) * 8 / 7 // a group of eight slots is at most seven full
		for it := v.MapRange(); it.Next(); {
			n += each + 1 + s.behind(it.Key()) + s.behind(it.Value())
		}
	}
	return n
}

// items returns the bytes that the items of a slice or an array point to.
func (s sizer) items(v reflect.Value) (n int64) {
	if plain(v.Type().Elem().Kind()) {
		return 0 // such as the million weights of a model
	}
	for i := range v.Len() {
		n += s.behind(v.Index(i))
	}
	return n
}

// plain reports whether values of a kind point to nothing.
func plain(k reflect.Kind) bool { return k >= reflect.Bool && k <= reflect.Complex128 }
