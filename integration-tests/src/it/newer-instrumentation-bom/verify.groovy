// group:artifact:type:version:scope of all that the application runs with
def artifacts = new File(basedir, 'target/runtime.txt').readLines()*.trim().findAll { it.count(':') >= 4 }*.tokenize(': ')
assert artifacts.size() > 50

def versions = { String group -> artifacts.findAll { it[0] == group }.collect { it[3] } as Set }
assert versions('io.opentelemetry') == ['1.65.0', '1.65.0-alpha'] as Set
assert versions('io.opentelemetry.instrumentation') == ['2.31.1', '2.31.1-alpha'] as Set

def unwanted = artifacts.findAll {
	it[0] ==~ /com\.squareup\..*|org\.jetbrains\.kotlin|com\.google\.code\.gson|io\.netty|org\.apache\.httpcomponents.*/ ||
			it[0] == 'com.fasterxml.jackson.core' && it[1] == 'jackson-databind'
}
assert unwanted.empty
