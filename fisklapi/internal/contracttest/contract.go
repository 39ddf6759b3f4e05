// Package contracttest holds HTTP traffic against openapi.yaml in tests.
package contracttest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// Contract is openapi.yaml in the forms that tests need.
type Contract struct {
	// Source is the document as written.
	Source []byte
	// Model is the document with its references resolved.
	Model *v3.Document

	judge validator.Validator
}

// shared is read once, by the first test that asks.
//
//nolint:gochecknoglobals // One document a process is what makes the validator affordable.
var shared = sync.OnceValues(read)

// Load returns the contract, which all callers of a process share and none may change.
// It finds the document from the working directory, which go test sets to the package's own.
func Load() (*Contract, error) { return shared() }

func read() (*Contract, error) {
	name, err := locate()
	if err != nil {
		return nil, err
	}
	source, err := os.ReadFile(filepath.Clean(name))
	if err != nil {
		return nil, fmt.Errorf("read the contract: %w", err)
	}
	return parse(source)
}

// locate climbs to the module's root, for tests run in many directories.
func locate() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the contract: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "fisklapi", "openapi.yaml"), nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("find the contract: no go.mod in this directory or above it")
		}
		dir = parent
	}
}

func parse(source []byte) (*Contract, error) {
	document, err := libopenapi.NewDocument(source)
	if err != nil {
		return nil, fmt.Errorf("parse the contract: %w", err)
	}
	built, err := document.BuildV3Model()
	if err != nil {
		return nil, fmt.Errorf("build the contract: %w", err)
	}
	// Strict mode reports what tolerant schemas let pass: query parameters, fields and headers that
	// the contract does not know. It does not understand a map, so the one there is must be named.
	judge, errs := validator.NewValidator(
		document,
		config.WithFormatAssertions(),
		config.WithRejectUndeclaredRequestBody(),
		config.WithStrictMode(),
		config.WithStrictIgnorePaths("$.body.columns[*].totals.*"),
		config.WithStrictIgnoredHeadersExtra("Date", "Location", "X-Request-Id"),
	)
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("build the validator: %w", err)
	}
	return &Contract{Source: source, Model: &built.Model, judge: judge}, nil
}

// Check reports what is not valid OpenAPI in the document itself.
func (c *Contract) Check() []string {
	_, errs := c.judge.ValidateDocument()
	return texts(errs)
}
