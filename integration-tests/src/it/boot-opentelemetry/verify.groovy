// group:artifact:type:version:scope of all that the application runs with
def artifacts = new File(basedir, 'target/runtime.txt').readLines()*.trim().findAll { it.count(':') >= 4 }*.tokenize(': ')
assert artifacts.size() > 50

def versions = { String group -> artifacts.findAll { it[0] == group }.collect { it[3] } as Set }
assert versions('io.opentelemetry') == ['1.62.0', '1.61.0-alpha'] as Set
assert versions('io.opentelemetry.instrumentation') == ['2.27.0', '2.27.0-alpha'] as Set
// Without Boot's bridge it is 1.40.0.
assert versions('io.opentelemetry.semconv') == ['1.41.1', '1.40.0-alpha'] as Set
