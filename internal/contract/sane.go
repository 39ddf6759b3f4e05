package contract

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pb33f/go-yaml"
)

// sane refuses what the library would choke on: a YAML mapping with many names
// that stand twice costs it memory without end.
func sane(text []byte) error {
	if json.Valid(text) {
		return nil
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return fmt.Errorf("it is neither JSON nor YAML: %s", said(err))
	}
	if document.Kind != yaml.DocumentNode || document.Content[0].Kind != yaml.MappingNode {
		return errors.New("it is no OpenAPI document: it does not begin with openapi: 3.0 or 3.1")
	}
	return single(&document)
}

// single refuses a name that stands twice in the same place.
func single(n *yaml.Node) error {
	seen := make(map[string]bool)
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if seen[child.Value] {
				return fmt.Errorf("line %d has a name that stands there before", child.Line)
			}
			seen[child.Value] = true
		}
		if err := single(child); err != nil {
			return err
		}
	}
	return nil
}
