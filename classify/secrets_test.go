package classify_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/helpdesk-go/helpdesk/classify"
)

// None of these keys was ever in use. They are written in two pieces for scanners of repositories.
var secrets = map[string]string{
	// mail addresses
	"Write to jane.doe+x@mail.example.com.":        "Write to [EMAIL_1].",
	"Jane <JANE@EXAMPLE.COM> and jane@example.com": "Jane <[EMAIL_1]> and [EMAIL_1]",
	"jane @ example.com":                           "[EMAIL_1]",
	"jane (at) example (dot) com":                  "[EMAIL_1]",
	"jane[at]mail.example[dot]com, thanks":         "[EMAIL_1], thanks",
	"jane dot doe":                                 "jane dot doe",
	"jane at example dot com":                      "[EMAIL_1]",
	"j\u200bane@exam\u00adple.com":                 "[EMAIL_1]",
	"ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ":                             "[EMAIL_1]",
	"müller@bücher.example":                        "[EMAIL_1]",
	"mailto:a@b.example,c@d.example":               "mailto:[EMAIL_1],[EMAIL_2]",

	// telephone numbers
	"Call +49 30 1234567 today":       "Call [PHONE_1] today",
	"+1 (555) 010-9999":               "[PHONE_1]",
	"+44 (0)20 7946 0958":             "[PHONE_1]",
	"0049 30 1234567":                 "[PHONE_1]",
	"my phone number is 5550109":      "my phone number is [PHONE_1]",
	"Tel.: 030/1234567":               "Tel.: [PHONE_1]",
	"030-1234567 or (030) 1234567":    "[PHONE_1] or [PHONE_1]",
	"020 7946 0958":                   "[PHONE_1]",
	"555-210-9999 and (555) 210-9998": "[PHONE_1] and [PHONE_2]",
	"01 23 45 67 89":                  "[PHONE_1]",
	"móvil 612 345 678":               "móvil [PHONE_1]",
	"celular (11) 91234-5678":         "celular [PHONE_1]",
	"01711234567":                     "[PHONE_1]",
	"＋４９ ３０ １２３４５６７":                  "[PHONE_1]",
	"+4\u200b9 30 12\u200d34567":      "[PHONE_1]",
	"هاتف +٤٩ ٣٠ ١٢٣٤٥٦٧":             "هاتف [PHONE_1]",
	"+49 30 1234567 +49 (30) 1234567": "[PHONE_1] [PHONE_1]",
	"Telefon 4930‑1234567":            "Telefon [PHONE_1]",

	// IBAN
	"IBAN DE89 3704 0044 0532 0130 00 please":                  "IBAN [IBAN_1] please",
	"DE89370400440532013000":                                   "[IBAN_1]",
	"gb82-west-1234-5698-7654-32":                              "[IBAN_1]",
	"FR14 2004 1010 0505 0001 3M02 606 and NL91ABNA0417164300": "[IBAN_1] and [IBAN_2]",
	"DE89\u200b3704 0044 0532\u00a00130 00":                    "[IBAN_1]",

	// cards
	"4111 1111 1111 1111":                         "[CARD_1]",
	"4111-1111-1111-1111 exp 12/27":               "[CARD_1] exp 12/27",
	"card 4111111111111111.":                      "card [CARD_1].",
	"5555555555554444 378282246310005":            "[CARD_1] [CARD_2]",
	"3782 822463 10005":                           "[CARD_1]",
	"my card 1234 5678 1234 5670 was charged":     "my card [CARD_1] was charged",
	"4222222222222":                               "[CARD_1]",
	"４１１１ １１１１ １１１１ １１１１":                         "[CARD_1]",
	"4111 1111 1111 1111 4000 0000 0000 0002":     "[CARD_1] [CARD_2]",
	"4111 1111\n1111 1111":                        "[CARD_1]",
	"6011 0009 9013 9424, 4111\u200b111111111111": "[CARD_1], [CARD_2]",

	// IP addresses
	"from 203.0.113.9, port 22":             "from [IP_1], port 22",
	"203[.]0[.]113[.]9":                     "[IP_1]",
	"http://198.51.100.7:8080/x":            "http://[IP_1]:8080/x",
	"2001:db8::8a2e:370:7334 is down":       "[IP_1] is down",
	"[2001:db8::1]:443":                     "[[IP_1]]:443",
	"fe80::1ff:fe23:4567:890a: unreachable": "[IP_1]: unreachable",
	"::ffff:203.0.113.9":                    "[IP_1]",

	// keys
	"AKIA" + "IOSFODNN7EXAMPLE":                                                      "[KEY_1]",
	"aws wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY":                              "aws [KEY_1]",
	"ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a":                                  "[KEY_1]",
	"github_pat_" + "11ABCDEFG0abcdefghijkl":                                         "[KEY_1]",
	"glpat-" + "aaBB11ccDD22eeFF33gg":                                                "[KEY_1]",
	"xoxb-" + "123456789012-abcdefABCDEF":                                            "[KEY_1]",
	"sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc":                                          "[KEY_1]",
	"key sk-" + "proj-abcDEF123456ghiJKL789 end":                                     "key [KEY_1] end",
	"eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w":                 "[KEY_1]",
	"-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----- done": "[KEY_1] done",
	"-----BEGIN PRIVATE KEY-----\nMIIE and no end":                                   "[KEY_1]",
	"Authorization: Bearer abcdef1234567890ABCDEF":                                   "Authorization: Bearer [KEY_1]",
	"api key: 9f8e7d6c5b4a":                                                          "api key: [KEY_1]",
	"d41d8cd98f00b204e9800998ecf8427e":                                               "[KEY_1]",
	"secret=q8Zr2LmX0vN7tYb4KcW1":                                                    "secret=[KEY_1]",
	"Xq3vN8zLr0Wk5TbY7mPd2HsJ":                                                       "[KEY_1]",
	"hooks.slack.com/services/T000/B000/XXXX":                                        "hooks.slack.com/services/[KEY_1]",
	"postgres://bob:s3cret@db.example.com/x":                                         "postgres://[PASSWORD_1]@db.example.com/x",
	"https://shop.example.com/a?order=17&token=abcd1234&x=1":                         "https://shop.example.com/a?order=17&token=[KEY_1]&x=1",
	"https://a.example/?reset_token=abcd":                                            "https://a.example/?reset_token=[KEY_1]",

	// passwords
	"password: hunter2":                     "password: [PASSWORD_1]",
	"Password = hunter2, user bob":          "Password = [PASSWORD_1], user bob",
	"password:swordfish":                    "password:[PASSWORD_1]",
	"PASSWORD:\n  swordfish\nbye":           "PASSWORD:\n  [PASSWORD_1]\nbye",
	"my password is hunter2":                "my password is [PASSWORD_1]",
	"my password is swordfish.":             "my password is [PASSWORD_1].",
	"My password is swordfish and it fails": "My password is [PASSWORD_1] and it fails",
	"my password is \"a long one\" ok":      "my password is \"[PASSWORD_1]\" ok",
	"my pass word is: hunter2":              "my pass word is: [PASSWORD_1]",
	"pasword : hunter2":                     "pasword : [PASSWORD_1]",
	"password for my account is Xy7!abc":    "password for my account is [PASSWORD_1]",
	"the password for bob@x: Xy7!abc":       "the password for bob@x: [PASSWORD_1]",
	"pw: abc":                               "pw: [PASSWORD_1]",
	"login bob / pass=geheim1":              "login bob / pass=[PASSWORD_1]",
	"PIN: 1234":                             "PIN: [PASSWORD_1]",
	"my pin is 1234":                        "my pin is [PASSWORD_1]",
	"CVV 12/27, cvc: 123":                   "CVV 12/27, cvc: [PASSWORD_1]",
	"user bob and password hunter2":         "user bob and password [PASSWORD_1]",
	"hunter2 is my password":                "[PASSWORD_1] is my password",
	"phone # (020) 7946-0958":               "phone # [PHONE_1]",
	"tél 06.12.34.56.78":                    "tél [PHONE_1]",
	"bob_at_example_dot_com":                "[EMAIL_1]",
	"X_SECRET_KEY=abcdEFGHijkl0123":         "X_SECRET_KEY=[KEY_1]",
	"pwd Tr0ub4dor&3":                       "pwd [PASSWORD_1]",
	"it was Winter2023? password was Winter2023 and the new one is Spring2024!": "it was [PASSWORD_1]? password was [PASSWORD_1] and the new one is [PASSWORD_2]",
	"moje hasło to: kot":                        "moje hasło to: [PASSWORD_1]",
	"passphrase: correct horse battery\nbye":    "passphrase: [PASSWORD_1]\nbye",
	"Password\nhunter22\nbye":                   "Password\n[PASSWORD_1]\nbye",
	"p a s s w o r d : hunter2":                 "p a s s w o r d : [PASSWORD_1]",
	"password (hunter2)":                        "password ([PASSWORD_1])",
	"Das Passwort lautet Sommer2024!":           "Das Passwort lautet [PASSWORD_1]",
	"Passwort lautet:\nSommer2024":              "Passwort lautet:\n[PASSWORD_1]",
	"Mein Kennwort ist „geheim“":                "Mein Kennwort ist „[PASSWORD_1]“",
	"Pass wort: geheim":                         "Pass wort: [PASSWORD_1]",
	"mot de passe : soleil":                     "mot de passe : [PASSWORD_1]",
	"Mon mot  de passe est soleil22":            "Mon mot  de passe est [PASSWORD_1]",
	"mdp: soleil":                               "mdp: [PASSWORD_1]",
	"Mi contraseña es girasol9":                 "Mi contraseña es [PASSWORD_1]",
	"contrasena: girasol":                       "contrasena: [PASSWORD_1]",
	"Minha senha é girassol":                    "Minha senha é [PASSWORD_1]",
	"palavra-passe = x9":                        "palavra-passe = [PASSWORD_1]",
	"La mia password è girasole":                "La mia password è [PASSWORD_1]",
	"parola d'ordine: sesamo":                   "parola d'ordine: [PASSWORD_1]",
	"Mijn wachtwoord is zonnebloem":             "Mijn wachtwoord is [PASSWORD_1]",
	"wachtwoord: bloem":                         "wachtwoord: [PASSWORD_1]",
	"Moje hasło to slonko1":                     "Moje hasło to [PASSWORD_1]",
	"haslo: slonko":                             "haslo: [PASSWORD_1]",
	"Hasło jest slonko":                         "Hasło jest [PASSWORD_1]",
	"ｐａｓｓｗｏｒｄ： ｈｕｎｔｅｒ２":                         "ｐａｓｓｗｏｒｄ： [PASSWORD_1]",
	"pass\u200bword: hun\u200bter2":             "pass\u200bword: [PASSWORD_1]",
	"password: hunter2. I typed hunter2 twice.": "password: [PASSWORD_1]. I typed [PASSWORD_1] twice.",
}

func TestSecretsAreReplacedByPlaceholders(t *testing.T) {
	t.Parallel()
	r := classify.NewRedactor(nil)
	for text, want := range secrets {
		t.Run("", func(t *testing.T) { require.Equal(t, want, r.Text(text).Text, "%q", text) })
	}
}

func TestHarmlessTextsAreLeftAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Order 4711-2026-0815 of 03.02.2026", "order no. 302-1234567-1234567", "Bestellnummer 0301234567", "Invoice 2026-000123", "Rechnung Nr. 030 1234567",
		"tracking 00340434161094042557", "error 0x80070005", "HTTP 500 at 10:11:12", "2026-02-03T10:11:12.123Z", "03/02/2026 10:11",
		"on 03.02.2026 at 10.30", "1.234.567,89 EUR", "$1,234,567.89", "1 234 567 EUR", "from 10 000 to 250 000 users", "version 10.0.19041.1", "v1.2.3.4 works",
		"Version 1.2.3.4", "updated to 4.18.2.1", "Chrome 126.0.6478.127", "127.0.0.1 and ::1 and 0.0.0.0", "std::vector<int> a::b", "at 10:11:12:13",
		"MAC 00:1a:2b:3c:4d:5e", "request id 550e8400-e29b-41d4-a716-446655440000", "SKU 9876543210", "EAN 4006381333931", "1700000000000", "IMEI 350000000000006",
		"ticket 12345678", "#100200300", "room 12, floor 3, line 4567890", "it costs 19.99 or 1999.00", "5 @ 3.50 EUR", "meet at 10 dot", "look at the dot on the left",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AbstractSingletonProxyFactoryBean", "org.springframework.beans.factory.NoSuchBeanDefinitionException",
		"/usr/local/lib/python3.10/site-packages/requests/adapters.py", "https://shop.example.com/en/products/red-shoes-size-42?page=2&sort=price",
		"commit abc1234", "sk-learn is not sk-image", "token: undefined", "the token is invalid", "a long-dashed-word-that-goes-on-and-on-in-2026-forever",
		"I forgot my password", "my password is wrong", "the password is not accepted", "password is incorrect.", "password reset does not work", "password reset link is broken",
		"Reset password: how?", "Forgot password: please help", "Password: please help me", "password policy: at least eight characters", "the password field is empty", "the password was changed.",
		"password is expired and I cannot log in", "my password is too short", "my password isn't accepted", "is my password safe?", "I reset my password twice", "Office365 password OAuth2 flow",
		"Passwort vergessen", "Mein Passwort ist falsch.", "Das Passwort ist abgelaufen", "Passwort ist nicht mehr gültig", "mot de passe oublié", "Mon mot de passe est expiré", "mon mot de passe est incorrect.",
		"mi contraseña es incorrecta", "mi contraseña no funciona", "minha senha está errada", "minha senha é inválida", "la password è scaduta", "la mia password è sbagliata.", "mijn wachtwoord is verlopen",
		"wachtwoord vergeten", "moje hasło jest nieprawidłowe", "hasło wygasło", "pass: the parcel", "the pin is bent", "a passport: where?", "compass: north", "passing: yes",
		"0800 to 1700 hours", "size 10 x 20 x 30", "2024-2025", "12 34 56", "SO-2024-0012345", "case 00123456", "DE12 is not an IBAN", "DE89370400440532013001 fails the check", "Passwords must match", "my password manager is 1Password", "I forgot my password\nWindows11 asks for it", "Password requirements: 12 characters", "call about order 4711-0815-99",
		"3.14159265358979", "latitude 52.520008, longitude 13.404954", "1.000.000 rows", "100 200 300", "part 5012-3344-5566", "article 0301-445566",
	} {
		t.Run("", func(t *testing.T) { require.Equal(t, text, classify.NewRedactor(nil).Text(text).Text) })
	}
}

// TestHonestNumbersStandBehindWordsForSecrets has numbers that are counts, limits, times, dates and
// goods.
func TestHonestNumbersStandBehindWordsForSecrets(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"SMS code 10-15 minutes", "the SMS code takes: SMS code 10 - 15 minutes", "security code 20-30 seconds", "TAN 10-15 Minuten", "code SMS 10-15 minutes plus tard", "PIN 1000 users", "OTP 5000 requests per minute", "PIN code 1000 ms", "código de verificación 10-15 minutos", "OTP 1500 SMS",
		"PIN entry limit is 1000", "PIN retry delay is 3000", "PIN length limit is 1024", "the OTP lifetime now is 1800", "PIN timeout setting is 1800", "PUK attempts per day is 1000",
		"OTP timeout in seconds is 3600", "PIN expiry in days is 1095", "OTP validity (in minutes) is 1440", "OTP interval in milliseconds is 30000", "passcode timeout in seconds is 3600", "password length limit is 1024", "Passwort Gültigkeit in Tagen ist 1095",
		"CVC 1000 pumps", "CVC 250 valves", "CVV 1000 units", "CVC 500 compressors.",
		"Social: 12345", "Social: 150000 followers", "social 2024-05", "Social 2024-05-01", "Social 10000 likes",
		"frying pan 12345678", "roasting pan 20240501", "Sauce pan no. 1234567", "a pan 12345678", "el pan 123456", "Frying PAN 12345678",
		"rut 2024-10", "stuck in a rut 2024-10-05", "rut 12345", "in a rut 2019.11",
		"验证码错误 2024-05-01", "验证码 2024-05-01 10:15", "驗證碼失敗 2024.05.01", "認証コード 2024/05/01", "인증번호 오류 2024-05-01", "код подтверждения 2024-05-01", "验证码 3600 秒", "PIN 2024-05-01", "OTP: 2024-05-01",
		"routing 100000 requests, account limit 500000", "routing 250000 packets, account quota 600000", "Routing: 120000 calls a day", "routing 1000000 messages", "routing 100000", "bank account 500000 EUR", "on 12-11-26 account balance 12345678",
	} {
		t.Run("", func(t *testing.T) { require.Equal(t, text, classify.NewRedactor(nil).Text(text).Text) })
	}
}

// TestSecretsStayHiddenBesideWordsForCounts has secrets of the same forms.
func TestSecretsStayHiddenBesideWordsForCounts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"SMS code 10-15 please", "SMS code 48-15", "the code: 482913 minutes ago", "I got the SMS code 482913 seconds ago", "SMS code 482913 and 10 minutes later it failed", "PIN 4711 after 10 minutes", "TAN 123456 Minuten vorher", "OTP 482913 mine", "PIN 4711 so please",
		"The PIN for the limit page is 4711", "PIN for my door is 1000", "PIN with the limit removed is 4711", "PIN after the timeout is 4711", "PIN for the limit is 4711", "my password after the timeout is 48291355", "passcode without limit is 482913", "PIN number is 1000",
		"CVC 123 please", "CVC 123 thanks", "CVV 1234, expires 12/27", "CVC: 123 works",
		"Social: 123456789", "social 123 45 6789", "my social is 123456789", "Social Security: 12345", "my social security number 12345",
		"PAN ABCDE1234F", "pan abcde1234f", "PAN 12345678", "pan number 12345678", "pan card: 12345678", "pan: 1234567890123456", "my pan is 12345678", "my frying pan; PAN ABCDE1234F",
		"rut 12.345.678-5", "RUT 12345678-K", "mi rut es 7654321-6", "RUT: 12345670",
		"验证码 482913", "验证码:2024", "验证码错误 482913", "인증번호 482913 입니다", "код подтверждения 4829", "PIN 12-34-56", "PIN 2024", "PIN 2024-99",
		"routing 021000021, account limit reached on 000123456789", "routing number 021000021", "routing 021000021 please", "Kontonummer 1234567", "account balance low, sort code 12-34-56 account 12345678",
	} {
		got := classify.NewRedactor(nil).Text(text).Text
		require.Contains(t, got, "_1]", text)
	}
}

func TestSecretsAreInOrderAndWithoutOverlaps(t *testing.T) {
	t.Parallel()
	var pieces []string
	for text := range secrets {
		pieces = append(pieces, text)
	}
	pieces = append(pieces, "\xff", "\u200b", "Ａ", "[EMAIL_1]", " ", "\n")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "between"))
		end := 0
		for _, s := range classify.Secrets(text) {
			require.GreaterOrEqual(t, s.Start, end)
			require.Greater(t, s.End, s.Start)
			require.True(t, utf8.RuneStart(text[s.Start]))
			require.True(t, s.End == len(text) || utf8.RuneStart(text[s.End]))
			end = s.End
		}
		require.LessOrEqual(t, end, len(text))
	})
}

// Code that read such a text again and again would run into the timeout of the tests.
func TestSecretsOfHostileTextEnd(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"1 ", "4111 ", "1", "a@", "a.", "0:", "password ", "password: ", "-----BEGIN PRIVATE KEY-----", "(at)", "+49 ", "DE89 ", "A", "a1B", "[EMAIL_1]", "x://", "\u200b", " at ", "seed ", "12-34-56 account ", "passport ", "12 Elm ", "Via ", "pin ", "密码"} {
		red := classify.NewRedactor(nil).Text(strings.Repeat(unit, 1<<12/len(unit)))
		_, ok := red.Restore(red.Text)
		require.True(t, ok, "%q", unit)
	}
}

// TestTenTimesTheTextCostsAboutTenTimesAsMuch counts bytes: code that copies the text again for
// each secret allocates a hundred times as much.
func TestTenTimesTheTextCostsAboutTenTimesAsMuch(t *testing.T) {
	r := classify.NewRedactor(nil)
	for _, unit := range []string{"a@b.cc ", "4111 ", "12-34-56 ", "password: a1b2c3 ", "12345678Z "} {
		cost := func(size int) uint64 {
			text := strings.Repeat(unit, size/len(unit))
			return allocated(func() {
				red := r.Text(text)
				red.Restore(red.Text)
			})
		}
		require.Less(t, cost(10_000), 20*cost(1000), "%q", unit)
	}
}
