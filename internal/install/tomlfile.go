package install

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/BurntSushi/toml"
)

// tomlFile is a configuration in TOML.
type tomlFile struct {
	table string // the one that holds a table for each server
}

// errByHand is for an entry that is written in one of the other ways that TOML
// has, or beside values that cannot be told apart.
var errByHand = errors.New("the entry is not a table of its own there, such as [mcp_servers.name], so it has to be changed by hand")

// maxTOML is the size of a file that is edited, in bytes.
const maxTOML = 1 << 20

func parseTOML(text []byte) (map[string]any, error) {
	all := make(map[string]any)
	if len(text) > maxTOML {
		return nil, fmt.Errorf("it has %d KB, which is more than is edited", len(text)>>10)
	}
	_, err := toml.Decode(string(text), &all)
	if at, ok := errors.AsType[toml.ParseError](err); ok {
		// The library's own words quote what stands there, which may be a secret.
		return nil, fmt.Errorf("it cannot be read as TOML: see line %d", at.Position.Line)
	}
	if err != nil {
		return nil, errors.New("it cannot be read as TOML")
	}
	return all, nil
}

// servers are the tables of the servers.
func (f tomlFile) servers(all map[string]any) (map[string]any, error) {
	if all[f.table] == nil {
		return map[string]any{}, nil
	}
	servers, ok := all[f.table].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s there is not a table", f.table)
	}
	return servers, nil
}

// list returns the servers of a configuration.
func (f tomlFile) list(text []byte) ([]Server, error) {
	parsed, err := parseTOML(text)
	if err != nil {
		return nil, err
	}
	servers, err := f.servers(parsed)
	if err != nil {
		return nil, err
	}
	var all []Server
	for _, name := range slices.Sorted(maps.Keys(servers)) {
		all = append(all, tableServer(name, servers[name]))
	}
	return all, nil
}

func tableServer(name string, v any) Server {
	s := Server{Name: name}
	table, _ := v.(map[string]any) // what is no table starts nothing
	s.Command, _ = table["command"].(string)
	args, _ := table["args"].([]any)
	for _, a := range args {
		text, _ := a.(string)
		s.Args = append(s.Args, text)
	}
	on, said := table["enabled"].(bool)
	s.Off = said && !on
	env, _ := table["env"].(map[string]any)
	s.Env = slices.Sorted(maps.Keys(env))
	handed, _ := table["env_vars"].([]any) // those of the client's own environment
	for _, one := range handed {
		name, _ := one.(string)
		s.Env = append(s.Env, name)
	}
	return s
}

// verify reads both texts: apart from the entry they must say the same.
func (f tomlFile) verify(before, after []byte, w Wish) error {
	was, err := f.rest(before, w.Name)
	if err != nil {
		return err
	}
	is, err := f.rest(after, w.Name)
	if err != nil || !reflect.DeepEqual(was, is) {
		return errByHand
	}
	return nil
}

func (f tomlFile) rest(text []byte, entry string) (map[string]any, error) {
	all, err := parseTOML(text)
	if err != nil {
		return nil, err
	}
	if servers, ok := all[f.table].(map[string]any); ok {
		delete(servers, entry)
		if len(servers) == 0 {
			delete(all, f.table)
		}
	}
	return all, nil
}
