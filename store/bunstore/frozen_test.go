package bunstore_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	bundialect "github.com/uptrace/bun/dialect"

	"github.com/helpdesk-go/helpdesk/store/bunstore"
)

// frozen has the SHA-256 of each migration file that is never edited again. All versions but the
// newest have to be here; the newest is added when a release has it.
var frozen = map[string]string{
	"postgres/0001_init.up.sql":            "7f45422541e92bc0b0bc8500216ebce9cebd27d05fffdef0035b33bf3d8aa928",
	"postgres/0001_init.down.sql":          "e3a5b2fab762dbde7812841beb821cf5b4ddd171fcf085b6955714d1a3e3ebc6",
	"sqlite/0001_init.up.sql":              "d0f75895351068a07fe6d899238687c031717c9b254f740c08ae6653e1a8e2fe",
	"sqlite/0001_init.down.sql":            "f930ae60f88ac2f743861f84edb59416e46bc1d23216fb65c4d489e7e963fe78",
	"postgres/0002_rename_words.up.sql":    "011250a2f06ae916710a046c82d281aa8f0cdd9a825a41208e3299a06854d0aa",
	"postgres/0002_rename_words.down.sql":  "52de3aaebf8c9f717529266a1ca7d9b409121dd306bffd4ba8cf97eee06b40aa",
	"sqlite/0002_rename_words.up.sql":      "bdaf7b332782ce8214075af863749b4e85197f61a63c693f8de8afdcd5a2837e",
	"sqlite/0002_rename_words.down.sql":    "6dbf29b94c70a7a402d7d0b4f0eadeb9a7912f1434f0ca76194f88741c6797c4",
	"postgres/0003_private_words.up.sql":   "cdafd95387d9d50ca7bada5fe3adecc2598715ba7649e4fdb00e6fd19993a6af",
	"postgres/0003_private_words.down.sql": "89b0539ef52449fa7c8471d9cd309b19740706838b28a494809b16d0378fc54b",
	"sqlite/0003_private_words.up.sql":     "d18be834a0bbc6b10aab9a1f34a4f4a9f6928fe9a30ee9556ebdc3e4565f399e",
	"sqlite/0003_private_words.down.sql":   "0da90ed0b89f097552094bc878eefdd441234c9b9be8f0e20835cd9e8fd21a81",
	"postgres/0004_event_stream.up.sql":    "96740a910826d9cabb190d98665e9bbbe66f3351bc6ff5297dcdea0d7bf030f9",
	"postgres/0004_event_stream.down.sql":  "a4da781be3c9ae76764c301c0971dcb7d4ff271b4ab275c9fe14503f9db142db",
	"sqlite/0004_event_stream.up.sql":      "316b6234923a070eb415b697a4f99672dba674ccd9522acbc3531544862b2be8",
	"sqlite/0004_event_stream.down.sql":    "eef393a539f26f96706e787f079c51777d59247c8b76d248ac240f0ce569bcf6",
	"postgres/0005_archive.up.sql":         "feb451011beb1708b9784bd2128a0c4a45768a98fbd4fdaad287c9abb5f089ec",
	"postgres/0005_archive.down.sql":       "93a437ef9a7751c4e819a4113d0258258552075e944d8a41f0f400c4d86c1733",
	"sqlite/0005_archive.up.sql":           "6ee441a91eb72be83fe271d4223cf3d29c8b49e982999b59002bdf6df8c813ab",
	"sqlite/0005_archive.down.sql":         "93a437ef9a7751c4e819a4113d0258258552075e944d8a41f0f400c4d86c1733",
	"postgres/0006_language.up.sql":        "0e97c6f4cd3b1df6b238abb899836885ef34ae373ffe4e82a6ee4fb19ca4c3d1",
	"postgres/0006_language.down.sql":      "0cdd5fe1bf4095873e88ae4a571d1664d70adece5eb5516601c5d9682ac00851",
	"sqlite/0006_language.up.sql":          "261511c2f7e8062cfbaa7a1fe982aed29fd9801a23e1df1755d7efe7e27ddc97",
	"sqlite/0006_language.down.sql":        "0cdd5fe1bf4095873e88ae4a571d1664d70adece5eb5516601c5d9682ac00851",
	"postgres/0007_customers.up.sql":       "3d16af76b8d1f26f49099aef4b297c71f96e0a9d34138c86cc4309040fb3e8c5",
	"postgres/0007_customers.down.sql":     "2d798b77fdfc738c326f09fa29ad6dcb4028db817efe62e6af6026d8f15d57ae",
	"sqlite/0007_customers.up.sql":         "88c59cb6911a624a61b521a203d8e92962ab0d15efbd99020498f42a506d53da",
	"sqlite/0007_customers.down.sql":       "445bd9358ce7867b2252261731561f8b2e1b255c45a8b0e7d346b28abf993e40",
	"postgres/0008_search.up.sql":          "87f2eb662eb7318303fadd17f732c34050fdde8ff1abf9c7c7102e35f7634e71",
	"postgres/0008_search.down.sql":        "25f30b29f965f3d48a457199f753bbbe06f1f30db092c376fc7a15b385071f0a",
	"sqlite/0008_search.up.sql":            "af8ff2617ec370f5c25728be964a10342af50d204c23de5c8b85c25f779285b9",
	"sqlite/0008_search.down.sql":          "16e4a3cb017916c66009ab0f286bb49df90f3210cb602c770c67d2f89a21ef5d",
	"postgres/0009_participants.up.sql":    "cdb06d54da7198b3271b2814c813a1a6786d9dbfd1ec7e15602106490650327f",
	"postgres/0009_participants.down.sql":  "579ff4a1e4b7b85a82ef066732321e51e512f7364af66e081c79d351850d874c",
	"sqlite/0009_participants.up.sql":      "5cd7390d5de23af2c2ae721717f2f8561af2fc0b9de1c93e2785df8b6ce03dee",
	"sqlite/0009_participants.down.sql":    "dcddb547d0915806b16e5569312d7cab2b08b4c1def01cab9525881ca14727e8",
}

// isFrozen reports whether a version of a dialect may not change any more.
func isFrozen(dialect string, version int) bool {
	for name := range frozen {
		if strings.HasPrefix(name, fmt.Sprintf("%s/%04d_", dialect, version)) {
			return true
		}
	}
	return false
}

// files returns the migrations of a dialect, and the number of the newest.
func files(t *testing.T, dialect string) (all fs.FS, newest int) {
	all, err := bunstore.Migrations(map[string]bundialect.Name{"postgres": bundialect.PG, "sqlite": bundialect.SQLite}[dialect])
	require.NoError(t, err)
	ups, err := fs.Glob(all, "*.up.sql")
	require.NoError(t, err)
	return all, len(ups)
}

func TestFrozenMigrationsAreNeverEdited(t *testing.T) {
	t.Parallel()
	names := map[string][]string{}
	seen := 0
	for _, dialect := range []string{"postgres", "sqlite"} {
		all, newest := files(t, dialect)
		entries, err := fs.ReadDir(all, ".")
		require.NoError(t, err)
		require.Len(t, entries, 2*newest, "%s: each version has an up and a down", dialect)
		for i, e := range entries {
			version, direction := i/2+1, []string{"down", "up"}[i%2]
			require.Regexp(t, regexp.MustCompile(fmt.Sprintf(`^%04d_[a-z0-9_]+\.%s\.sql$`, version, direction)), e.Name(), "versions are numbered without a gap")
			names[dialect] = append(names[dialect], e.Name())
			name := dialect + "/" + e.Name()
			pinned, ok := frozen[name]
			if !ok {
				require.Equal(t, newest, version, "migration/%s is not the newest any more: add its SHA-256 to the frozen ones", name)
				continue
			}
			seen++
			text, err := fs.ReadFile(all, e.Name())
			require.NoError(t, err)
			sum := sha256.Sum256(text)
			require.Equal(t, pinned, hex.EncodeToString(sum[:]), "migration/%s is frozen and was edited: take the edit back, and write a new migration", name)
		}
	}
	require.Equal(t, names["postgres"], names["sqlite"], "both databases have the same versions")
	require.Equal(t, len(frozen), seen, "a frozen migration is gone")
}
