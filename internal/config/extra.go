package config

import (
	"maps"
	"reflect"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// extraTools reads whether what dialects add is offered. There is no word for
// anything but reads.
func (r *reading) extraTools(name string) bool {
	switch strings.ToLower(strings.TrimSpace(r.set[name].Text)) {
	case "read":
		return true
	case off, "":
	default:
		r.refuse(name, "is neither read nor off")
	}
	return false
}

// extraTools are the reads that the dialects of all companies add: one list of
// tools is for all of them.
func (c Config) extraTools() map[string]dialect.Extra {
	if !c.extras {
		return nil
	}
	var all map[string]dialect.Extra
	for i, one := range c.Companies {
		if one.Dialect == nil {
			return nil
		}
		if i == 0 {
			all = maps.Clone(one.Dialect.Extra)
		}
		maps.DeleteFunc(all, func(name string, e dialect.Extra) bool {
			other, has := one.Dialect.Extra[name]
			return !has || !reflect.DeepEqual(e, other)
		})
	}
	return all
}
