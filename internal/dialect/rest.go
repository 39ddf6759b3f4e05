package dialect

// appendRest adds the members of an object that no field took, unless they would
// take the name of one that the form knows.
func appendRest(members []Member, form *Form, n *Node, used [][]string) []Member {
	for i := range n.Members {
		if n.ofResource(n.Members[i].Name) {
			continue
		}
		if rest, ok := unused(n.Members[i], used); ok && form.Field(rest.Name) == nil {
			members = append(members, rest)
		}
	}
	return members
}

// ofResource reports a member that JSON:API puts beside the attributes of a
// record.
func (n *Node) ofResource(name string) bool {
	a := n.Get("attributes")
	return a != nil && a.Type == Object && oneOf(name, "type", "links", "meta")
}

// unused is what of a member no field took.
func unused(m Member, used [][]string) (Member, bool) {
	var below [][]string
	for _, path := range used {
		if path[0] != m.Name {
			continue
		}
		if len(path) == 1 {
			return m, false
		}
		below = append(below, path[1:])
	}
	if below == nil {
		return m, true
	}
	rest := Node{Type: Object}
	for i := range m.Value.Members {
		if left, ok := unused(m.Value.Members[i], below); ok && !left.Value.Empty() {
			rest.Members = append(rest.Members, left)
		}
	}
	return Member{m.Name, rest}, len(rest.Members) > 0
}
