package bind

// absent reports a value that stands for an argument left out. Clients that
// fill every argument in, and models that fear to leave one out, write "", []
// and {}; taken for values, they would erase what nobody spoke of. A list
// whose schema says minItems 0 means something when it is empty.
func (s shape) absent(v any) bool {
	switch v := v.(type) {
	case []any:
		return len(v) == 0 && (s.MinItems == nil || *s.MinItems != 0)
	case map[string]any:
		return len(v) == 0
	default:
		return blank(v)
	}
}

// blank reports null and an empty text. Spaces are something: where they are of
// no use, they are refused.
func blank(v any) bool { return v == nil || v == "" }
