package dbtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// server is a PostgreSQL of this process alone. It ends with the process, even when that is killed,
// and its files are removed with it.
type server struct {
	url   string
	guard io.WriteCloser // a line crashes the server: see guard
	log   *bytes.Buffer
	ended <-chan error
}

// start returns the server of this process and starts it at the first call.
func start(durable bool) (*server, error) {
	shared.Lock()
	defer shared.Unlock()
	if s := shared.servers[durable]; s != nil {
		return s, nil
	}
	s, err := boot(durable)
	if err != nil {
		return nil, err
	}
	if shared.servers == nil {
		shared.servers = map[bool]*server{}
	}
	shared.servers[durable] = s
	return s, nil
}

// guard is the parent of the server. A line of its input ends the server at once, as a loss of
// power would, and starts it again after that many seconds. The end of the input comes with the end
// of the test process. Then the guard stops the server and removes its files. "$@" is the server.
const guard = `"$@" & server=$!
while read -r seconds; do
	kill -QUIT $server
	wait $server
	sleep "$seconds"
	"$@" & server=$!
done
kill -QUIT $server 2>/dev/null
wait $server
rm -rf "$HELPDESK_TEST_DIR"`

// boot starts a new server, with more settings of the form "-c", "name=value".
func boot(durable bool, settings ...string) (*server, error) {
	if !durable {
		settings = append(settings, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_wal_size=128MB")
	} else {
		settings = append(settings, "-c", "max_wal_size=4GB", "-c", "checkpoint_timeout=30min")
	}
	return launch(folder(durable), settings, "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
}

// memory is a folder whose files Linux keeps in memory.
const memory = "/dev/shm"

// folder returns the folder for the files of a server; empty for that of the system. A server that
// does not wait for the disk has them in memory if 4 GB are free there. Each table is a file, and
// to make and remove files on a disk takes half the time of a test that makes a schema.
func folder(durable bool) string {
	var fs syscall.Statfs_t
	if durable || syscall.Statfs(memory, &fs) != nil || uint64(fs.Bavail)*uint64(fs.Bsize) < 4<<30 {
		return ""
	}
	return memory
}

// launch makes the files of a server below a folder, by a program with arguments, and starts the
// server.
func launch(below string, settings []string, program string, of ...string) (*server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	who, err := credential()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(below, "helpdesk-postgres-")
	if err != nil {
		return nil, err
	}
	if who != nil {
		if err := os.Chown(dir, int(who.Uid), int(who.Gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(dir, "data")
	files := exec.Command(filepath.Join(bin, program), append([]string{"-D", data}, of...)...)
	files.Dir, files.SysProcAttr = dir, &syscall.SysProcAttr{Credential: who}
	if out, err := files.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", program, err, out)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	args := append([]string{
		"-c", guard, "sh", filepath.Join(bin, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port, "-k", dir,
		"-c", "max_connections=300", "-c", "shared_buffers=512MB", "-c", "log_min_messages=fatal", "-c", "log_min_error_statement=panic",
	}, settings...)
	cmd := exec.Command("/bin/sh", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HELPDESK_TEST_DIR="+dir)
	// Ctrl-C then reaches the guard only through its input.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who, Setpgid: true}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	input, err := cmd.StdinPipe() // stays open
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Host: net.JoinHostPort("127.0.0.1", port), Path: "/postgres"}
	u.RawQuery = url.Values{"sslmode": {"disable"}}.Encode()
	s := &server{url: u.String(), guard: input, log: &log, ended: exited}
	return s, s.await()
}

// await waits until the server answers.
func (s *server) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.url)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.ended:
			return fmt.Errorf("postgres ended: %s", s.log.String())
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// binaries returns the folder of the newest installed server.
func binaries() (string, error) {
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(dirs, func(a, b string) int { return major(b) - major(a) })
	if path, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	for _, dir := range dirs {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("no server binaries are installed")
}

func major(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	return n
}

// credential returns the user that runs the server, since PostgreSQL refuses root. Nil means the
// current user.
func credential() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

// freePort returns a port that was free a moment ago.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}
