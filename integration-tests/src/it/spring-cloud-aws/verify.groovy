// group:artifact:type:version:scope of all that the application runs with
def artifacts = new File(basedir, 'target/runtime.txt').readLines()*.trim().findAll { it.count(':') >= 4 }*.tokenize(': ')
assert artifacts.size() > 50
assert artifacts.find { it[1] == 'spring-cloud-aws-sqs' }
