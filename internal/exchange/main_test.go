package exchange_test

import (
	"os"
	"testing"

	"github.com/stele-isms/stele/internal/app/apptest"
)

func TestMain(m *testing.M) { os.Exit(apptest.Run(m)) }
