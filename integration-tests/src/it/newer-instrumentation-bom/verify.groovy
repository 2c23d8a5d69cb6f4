// group:artifact:type:version:scope of all that the application runs with
def artifacts = new File(basedir, 'target/runtime.txt').readLines()*.trim().findAll { it.count(':') >= 4 }*.tokenize(': ')
assert artifacts.size() > 50

def versions = { String group -> artifacts.findAll { it[0] == group }.collect { it[3] } as Set }
assert versions('io.opentelemetry') == ['1.65.0', '1.65.0-alpha'] as Set
// The BOM leaves alpha artifacts alone. This one is the only one of ours; it works with the others.
def awsSdk = artifacts.find { it[1] == 'opentelemetry-aws-sdk-2.2' }
artifacts.remove(awsSdk)
assert awsSdk[3] == '2.27.0-alpha'
assert versions('io.opentelemetry.instrumentation') == ['2.31.1', '2.31.1-alpha'] as Set

def unwanted = artifacts.findAll {
	it[0] ==~ /com\.squareup\..*|org\.jetbrains\.kotlin|com\.google\.code\.gson|io\.netty|org\.apache\.httpcomponents.*/ ||
			it[0] == 'com.fasterxml.jackson.core' && it[1] == 'jackson-databind'
}
assert unwanted.empty
