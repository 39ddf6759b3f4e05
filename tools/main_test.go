package tools_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

func TestMain(m *testing.M) { slowtest.Main(m, 10) }
