package classify

import (
	"regexp"
	"strings"
)

// Words for a password in other scripts and in Turkish. eastern stands without a space before its
// value, which is in ASCII then.
var (
	eastern  = regexp.MustCompile(`(?i)(?:パスワード|パスコード|暗証番号|密码|密碼|口令|비밀번호|암호|รหัสผ่าน)[ \t]{0,2}(は|が|を|是|为|為|는|은|คือ|[:=])?[ \t]{0,2}[「『"'“]?([!-~]{3,64})`)
	foreign  = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:парол(?:ь|я|ем)|şifre(?:m|miz|niz|si)?|sifrem?|parola(?:m|mız|nız|sı)?|كلمة (?:السر|المرور)|كلمه (?:السر|المرور)|الرقم السري|гасло|κωδικ(?:ός|ό|ού)(?: πρόσβασης)?|(?:ה)?סיסמ(?:ה|ת)(?: שלי)?)(?:[ \t]{0,3}(:|=)[ \t]{0,3}|[ \t]{1,3}(-|это|هي|هو|είναι|היא)[ \t]{1,3}|[ \t]{1,3})["'«“„]?([^\s"'«»“”،؛]{3,64})`)
	notGiven = words(`не неверный неверен забыл забыла забыт нет yanlış hatalı unuttum geçersiz خاطئة خطأ غير wrong reset`)
)

func findForeignPasswords(v *view) {
	add := func(from, to int, said bool) {
		value := strings.TrimRight(v.text[from:to], ".,;:!?)\"'")
		if strong(value) || said && len(value) > 2 && !ordinaryWord(value) && !notGiven[strings.ToLower(value)] {
			v.add(from, from+len(value), KindPassword)
		}
	}
	for _, m := range eastern.FindAllStringSubmatchIndex(v.text, -1) {
		add(m[4], m[5], m[2] >= 0)
	}
	for _, m := range foreign.FindAllStringSubmatchIndex(v.text, -1) {
		add(m[6], m[7], m[2] >= 0)
	}
}
