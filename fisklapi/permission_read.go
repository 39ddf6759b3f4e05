package fisklapi

import (
	"slices"
	"strings"
)

// permissions are the keys that operations need, and which of them a scope of
// OAuth stands for. How Fiskl writes what a credential holds is not documented,
// so every usual way is read; what matters is which of these come out.
type permissions struct {
	keys   map[string]bool
	scopes map[string][]string
}

func permissionsOf(endpoints []Endpoint) permissions {
	p := permissions{make(map[string]bool), make(map[string][]string)}
	for _, e := range endpoints {
		if e.Permission == "" {
			continue
		}
		p.keys[e.Permission] = true
		if e.Scope != "" && !slices.Contains(p.scopes[e.Scope], e.Permission) {
			p.scopes[e.Scope] = append(p.scopes[e.Scope], e.Permission)
		}
	}
	return p
}

func (p permissions) has(key string) bool { return p.keys[key] }

// all are the keys, for a credential that may do everything.
func (p permissions) all() []string {
	var all []string
	for key := range p.keys {
		all = append(all, key)
	}
	return all
}

// read finds the keys in an answer, or in a part of it.
func (p permissions) read(v any, depth int) []string {
	if depth > maxDeep {
		return nil
	}
	var held []string
	switch v := v.(type) {
	case string:
		for _, word := range strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' }) {
			held = append(held, p.key(word)...)
		}
	case []any:
		for _, one := range v {
			held = append(held, p.entry(one, depth)...)
		}
	case map[string]any:
		return p.object(v, depth)
	}
	return held
}

// object reads what holds the keys, or is a map or a tree of them.
func (p permissions) object(o map[string]any, depth int) []string {
	for _, name := range []string{"permissions", "authorities", "scopes", "scope", "data", "items", "content", "result"} {
		if _, flag := o[name].(bool); o[name] != nil && !flag {
			if held := p.read(o[name], depth+1); len(held) > 0 {
				return held
			}
		}
	}
	if held := p.tree(o); len(held) > 0 {
		return held
	}
	var held []string
	for _, within := range o { // one level around it, whatever it is called
		if _, text := within.(string); !text {
			held = append(held, p.read(within, depth+1)...)
		}
	}
	return held
}

// entry reads one of a list: a key, or an object that holds one and may say that
// it is not held.
func (p permissions) entry(v any, depth int) []string {
	o, ok := v.(map[string]any)
	if !ok {
		return p.read(v, depth+1)
	}
	if denied(o) {
		return nil
	}
	name := text1(o, "key", "permission", "code", "authority", "scope", "name", "resource")
	for _, actions := range []string{"actions", "action", "permissions"} {
		if held := p.actions(name, o[actions]); name != "" && len(held) > 0 {
			return held
		}
	}
	if name == "" {
		return p.object(o, depth+1)
	}
	return p.read(name, depth+1)
}

// denied reports an entry that says of itself that it does not hold.
func denied(o map[string]any) bool {
	for _, flag := range []string{"granted", "allowed", "enabled", "has", "value"} {
		switch v := o[flag].(type) {
		case bool:
			return !v
		case float64:
			return v == 0
		case string:
			return slices.Contains([]string{"false", "no", "n", "0", "none", "deny", "denied"}, strings.ToLower(strings.TrimSpace(v)))
		}
	}
	return false
}

// tree reads maps from a key to whether it is held, and from a resource to what
// may be done with it.
func (p permissions) tree(o map[string]any) []string {
	var held []string
	for name, v := range o {
		switch v := v.(type) {
		case bool:
			if v {
				held = append(held, p.key(name)...)
			}
		case []any, string:
			held = append(held, p.actions(name, v)...)
		case map[string]any:
			for action, yes := range v {
				if yes == true {
					held = append(held, p.known(p.key(name+"."+action))...)
				}
			}
		}
	}
	return held
}

// actions reads what may be done with a resource. Only what makes a known key
// counts, for the member may be about something else.
func (p permissions) actions(resource string, v any) []string {
	var held []string
	switch v := v.(type) {
	case string:
		for word := range strings.FieldsSeq(strings.ReplaceAll(v, ",", " ")) {
			held = append(held, p.known(p.key(resource+"."+word))...)
		}
	case []any:
		for _, one := range v {
			if action, ok := one.(string); ok {
				held = append(held, p.actions(resource, action)...)
			}
		}
	}
	return held
}

func (p permissions) known(keys []string) []string {
	return slices.DeleteFunc(keys, func(key string) bool { return !p.keys[key] })
}

// key is what a word means: a key as Fiskl documents it, however it is spelt, or
// those that a scope stands for. Words that are no key come to nothing.
func (p permissions) key(word string) []string {
	word = strings.ToLower(strings.TrimSpace(word))
	for _, before := range []string{"role_", "scope_", "permission_", "perm_"} {
		word = strings.TrimPrefix(word, before)
	}
	switch {
	case word == "*":
		return p.all()
	case p.keys[word]:
		return []string{word}
	case p.scopes[word] != nil:
		return slices.Clone(p.scopes[word])
	}
	at := strings.LastIndexAny(word, ".:/")
	if at < 0 {
		at = strings.LastIndexAny(word, "_-")
	}
	if at <= 0 || at == len(word)-1 {
		return nil
	}
	return p.spelt(word[:at], word[at+1:])
}

// spelt finds the known key that a resource and an action are meant for; others
// are kept as they are, to be counted.
func (p permissions) spelt(resource, action string) []string {
	resource = strings.NewReplacer("-", "_", ".", "_", ":", "_", "/", "_").Replace(resource)
	if action == "*" {
		return p.under(resource)
	}
	for _, try := range [][2]string{{resource, action}, {action, resource}} {
		for _, one := range []string{try[0], strings.TrimSuffix(try[0], "s"), strings.TrimSuffix(try[0], "es")} {
			if key := one + "." + try[1]; p.keys[key] {
				return []string{key}
			}
		}
		if scope := p.scopes[try[0]+":"+try[1]]; scope != nil {
			return slices.Clone(scope)
		}
	}
	return []string{resource + "." + action}
}

// under are the keys of a resource.
func (p permissions) under(resource string) []string {
	var all []string
	for key := range p.keys {
		if strings.HasPrefix(key, strings.TrimSuffix(resource, "s")+".") {
			all = append(all, key)
		}
	}
	return all
}
