package helpdesk_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/helpdesk-go/helpdesk"
	"github.com/helpdesk-go/helpdesk/classify"
	"github.com/helpdesk-go/helpdesk/helpdesktest"
	"github.com/helpdesk-go/helpdesk/sla"
	"github.com/helpdesk-go/helpdesk/store/memstore"
)

// The caches of a desk say how much they hold. What is in Config is one for all tenants and takes
// nothing; what a tenant has saved takes its bytes.
func TestCachesSayTheirSize(t *testing.T) {
	t.Parallel()
	p := &scripted{}
	d := helpdesktest.New(t, memstore.New(), &helpdesk.Config{SLA: sla.Standard(), PriorityRules: classify.PriorityRules(), Classifier: p, Learner: p})
	size := func(name string) helpdesk.CacheSize {
		for _, s := range d.CacheSizes() {
			if s.Name == name {
				return s
			}
		}
		t.Fatalf("no cache %q", name)
		return helpdesk.CacheSize{}
	}
	for i := range 10 {
		_, err := d.ForTenant(helpdesk.TenantID(fmt.Sprint(i))).Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
		require.NoError(t, err)
	}
	all := size("SLA")
	for _, shared := range []helpdesk.CacheSize{all, size("priority rules")} {
		require.Equal(t, 10, shared.Values, shared.Name)
		require.Less(t, shared.Bytes, int64(10*300), shared.Name)
	}

	saved, err := d.SLA(t.Context())
	require.NoError(t, err)
	own := d.ForTenant("own")
	_, err = own.SaveSLA(t.Context(), saved.Value)
	require.NoError(t, err)
	_, err = own.Open(t.Context(), helpdesk.OpenParams{Subject: "x"})
	require.NoError(t, err)
	require.Greater(t, size("SLA").Bytes-all.Bytes, int64(len(saved.Value)))
	require.Equal(t, 1, size("SLA versions").Values)
}
