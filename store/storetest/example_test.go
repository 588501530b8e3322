package storetest_test

import (
	"testing"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/store/memstore"
	"github.com/helpdesk-go/helpdesk/store/storetest"
)

// The test of a Store of your own. Each call of the function returns an empty one.
func ExampleRun() {
	var t *testing.T // that of TestMyStore

	storetest.Run(t, func(t *testing.T) helpdesk.Store { return memstore.New() })
}
