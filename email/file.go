package email

import (
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const longestFileName = 150 // characters

// fileName returns a file's name for people: the sender's, short, without a path, and without
// characters that are invisible or turn the text around. If nothing remains it is "attachment" with
// the extension of the type.
func fileName(name, typ string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || invisible(r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	name = strings.TrimRight(name, " .")
	if utf8.RuneCountInString(name) > longestFileName {
		ext := path.Ext(name)
		if utf8.RuneCountInString(ext) > 20 {
			ext = ""
		}
		name = firstRunes(strings.TrimSuffix(name, ext), longestFileName-utf8.RuneCountInString(ext)) + ext
	}
	if strings.Trim(name, "._ \uFFFD") == "" {
		return "attachment" + endings[typ]
	}
	return name
}

// endings are the extensions of common types in mails; the tables of operating systems differ.
var endings = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/bmp": ".bmp", "image/tiff": ".tiff", "image/webp": ".webp",
	"image/svg+xml": ".svg", "image/heic": ".heic", "image/x-icon": ".ico", "application/pdf": ".pdf", "application/zip": ".zip",
	"application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.oasis.opendocument.text":                                   ".odt",
	"application/rtf": ".rtf", "application/json": ".json", "application/xml": ".xml", "application/gzip": ".gz", "application/x-7z-compressed": ".7z",
	"application/pkcs7-mime": ".p7m", "application/pkcs7-signature": ".p7s", "application/pgp-encrypted": ".asc", "application/pgp-keys": ".asc",
	"application/ms-tnef": ".dat", "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "text/vcard": ".vcf",
	"text/xml": ".xml", "text/rtf": ".rtf", "text/markdown": ".md", "message/rfc822": ".eml", "message/global": ".eml", "message/delivery-status": ".txt",
	"text/rfc822-headers": ".txt", "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/ogg": ".ogg", "audio/amr": ".amr", "audio/mp4": ".m4a",
	"video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm",
}

// types maps extensions to types.
var types = func() map[string]string {
	m := map[string]string{".jpeg": "image/jpeg", ".htm": "text/html", ".tif": "image/tiff", ".log": "text/plain"}
	for typ, ext := range endings {
		if old, ok := m[ext]; !ok || typ < old {
			m[ext] = typ
		}
	}
	m[".xml"], m[".txt"], m[".eml"], m[".rtf"], m[".asc"] = "text/xml", "text/plain", "message/rfc822", "application/rtf", "text/plain"
	return m
}()

// fileType returns the type of a file in lower case and without parameters. It is the declared
// type, or for one without information the type of its extension or first bytes.
func fileType(typ, name string, start []byte) string {
	typ, _, _ = strings.Cut(typ, ";")
	typ = strings.ToLower(strings.TrimSpace(typ))
	switch typ {
	case "image/jpg", "image/pjpeg":
		return "image/jpeg"
	case "image/x-png":
		return "image/png"
	case "application/x-pdf":
		return "application/pdf"
	case "application/x-zip-compressed", "application/x-zip":
		return "application/zip"
	case "text/x-vcard", "text/directory":
		return "text/vcard"
	case "", "application/octet-stream", "application/octetstream", "application/unknown", "application/download", "application/force-download",
		"application/x-unknown", "application/binary", "application/x-download", "attachment", "file", "unknown/unknown":
	default:
		if validType(typ) {
			return typ
		}
	}
	if t := types[strings.ToLower(path.Ext(name))]; t != "" {
		return t
	}
	if len(start) > 0 {
		// Text is not recognised by its bytes: text that a browser takes for HTML may be anything.
		if t, _, _ := strings.Cut(http.DetectContentType(start), ";"); !strings.HasPrefix(t, "text/") {
			return t
		}
	}
	return "application/octet-stream"
}

func validType(typ string) bool {
	a, b, ok := strings.Cut(typ, "/")
	return ok && a != "" && b != "" && len(typ) < 128 && !strings.ContainsFunc(typ, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("/+-._", r)
	}) && strings.Count(typ, "/") == 1
}
